package org.azekura.bench.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.bench.meter.Service;

/** Folders of this machine: nothing is between them and the tools. */
public record Disk(Path folder) implements Ground {

    private Path at(String name) {
        return folder.resolve(name);
    }

    @Override
    public String restic(String name) {
        return at(name).toString();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public List<String> pool(String name) {
        return List.of("--driver", "disk", "--set", "path=" + at(name));
    }

    @Override
    public long bytes(String name) throws IOException {
        return Folders.bytes(at(name));
    }

    @Override
    public void delete(String name) throws IOException {
        Folders.delete(at(name));
    }

    @Override
    public Service used() {
        return Service.NONE;
    }

    @Override
    public void close() {}
}
