package io.waybill.bench.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Some requests, each sent once, as fast as connections are free. */
final class Batch implements Work {

    private final List<byte[]> requests;
    private final @Nullable Response[] responses;
    private int sent;
    private @Nullable IOException failure;

    Batch(List<byte[]> requests) {
        this.requests = requests;
        responses = new @Nullable Response[requests.size()];
    }

    @Override
    public @Nullable Exchange next(long now) {
        if (sent == requests.size()) {
            return null;
        }
        int which = sent++;
        return new Exchange(
                requests.get(which),
                new Exchange.Answer() {
                    @Override
                    public void answered(Response response, long at) {
                        responses[which] = response;
                    }

                    @Override
                    public void broken(IOException cause) {
                        failure = cause;
                    }
                });
    }

    @Override
    public boolean over(long now) {
        return sent == requests.size();
    }

    @Override
    public long nextDue(long now) {
        return Long.MAX_VALUE;
    }

    /** The answers, in the order of the requests. */
    List<Response> responses() throws IOException {
        List<Response> all = new ArrayList<>();
        for (Response response : responses) {
            if (response == null) {
                throw failure == null ? new IOException("no answer came") : failure;
            }
            all.add(response);
        }
        return all;
    }
}
