package org.azekura.bench.report;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a stranger must know of the machine to judge the figures. */
public final class Machine {

    private Machine() {}

    /** @param work where the run lies */
    public static Map<String, String> facts(Path work) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        int cores = Runtime.getRuntime().availableProcessors();
        facts.put("processor", field("/proc/cpuinfo", "model name\\s*:\\s*(.*)") + ", " + cores + " cores");
        facts.put("memory", Long.parseLong(field("/proc/meminfo", "MemTotal:\\s*(\\d+) kB")) / (1 << 20) + " GiB");
        FileStore store = Files.getFileStore(work);
        facts.put("file system", store.type());
        facts.put("system", field("/etc/os-release", "PRETTY_NAME=\"(.*)\"") + ", Linux " + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        facts.put("load at the begin", load());
        facts.put("Java", Runtime.version().toString());
        return facts;
    }

    /** Mean of the last minute: how many processes wanted a processor, ours and others'. */
    public static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String field(String file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        return found.find() ? found.group(1) : "unknown";
    }
}
