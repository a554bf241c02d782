package io.waybill.gateway.graphql.failure;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An error in the one form that clients know. Immutable. */
public final class ClientError implements GraphQLError {

    private static final long serialVersionUID = 1L;

    private final String message;
    private final List<SourceLocation> locations;
    private final @Nullable List<Object> path;
    private final Map<String, Object> extensions;

    private ClientError(
            String message,
            List<SourceLocation> locations,
            @Nullable List<Object> path,
            Map<String, Object> extensions) {
        this.message = Sentence.of(message);
        this.locations = locations;
        this.path = path;
        this.extensions = extensions;
    }

    /** A request that is refused as a whole. */
    public static ClientError badRequest(String sentence) {
        return of(new WaybillException(ErrorCode.BAD_USER_INPUT, sentence));
    }

    /** A failure that is of no field. */
    public static ClientError of(WaybillException failure) {
        return new ClientError(failure.sentence(), List.of(), null, extensions(failure));
    }

    /** The failure of a field. */
    static ClientError of(
            WaybillException failure, List<SourceLocation> locations, ResultPath path) {
        return new ClientError(failure.sentence(), locations, path.toList(), extensions(failure));
    }

    /** The failure of what stands at some place of the document. */
    static ClientError of(
            WaybillException failure,
            @Nullable List<SourceLocation> locations,
            @Nullable List<Object> path) {
        return new ClientError(
                failure.sentence(),
                locations == null ? List.of() : locations,
                path,
                extensions(failure));
    }

    private static Map<String, Object> extensions(WaybillException failure) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", failure.code().name());
        failure.field().ifPresent(field -> extensions.put("field", field));
        failure.retryAfter().ifPresent(wait -> extensions.put("retryAfterMillis", wait.toMillis()));
        return extensions;
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public ErrorClassification getErrorType() {
        return graphql.ErrorType.DataFetchingException;
    }

    @Override
    public @Nullable List<Object> getPath() {
        return path;
    }

    @Override
    public Map<String, Object> getExtensions() {
        return extensions;
    }

    @Override
    public Map<String, Object> toSpecification() {
        Map<String, Object> specification = new LinkedHashMap<>();
        specification.put("message", message);
        if (!locations.isEmpty()) {
            specification.put("locations", locations.stream().map(ClientError::place).toList());
        }
        if (path != null) {
            specification.put("path", path);
        }
        specification.put("extensions", extensions);
        return specification;
    }

    private static Map<String, Object> place(SourceLocation location) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("line", Math.max(1, location.getLine()));
        place.put("column", Math.max(1, location.getColumn()));
        return place;
    }
}
