package org.azekura.bench.tool;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.azekura.bench.meter.Service;

/** Where repositories lie, each under a name of its own: a-z, 0-9 and hyphens. One thread. */
public interface Ground extends AutoCloseable {

    /** What restic takes for a repository of this name. */
    String restic(String name);

    /** What restic finds in its environment besides. */
    Map<String, String> environment();

    /** What {@code pool create} takes for a pool of this name. */
    List<String> pool(String name);

    /** Lengths of all that lies in it. */
    long bytes(String name) throws IOException;

    /** Deletes all that lies in it, if it is there. */
    void delete(String name) throws IOException;

    /** What is between the tools and the disk has used so far, once it is at rest. */
    Service used() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
