package io.waybill.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of processes, as Linux tells it. */
final class Memory {

    private static final Path PROCESSES = Path.of("/proc");

    private Memory() {}

    /** The resident set of a process. */
    static long residentBytes(ProcessHandle process) throws IOException {
        Path status = PROCESSES.resolve(Long.toString(process.pid())).resolve("status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException(status + " says nothing of memory");
    }
}
