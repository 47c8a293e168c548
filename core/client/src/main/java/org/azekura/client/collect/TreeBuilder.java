package org.azekura.client.collect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.client.cache.CacheWriter;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Breaker;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.PageSink;

/**
 * Writes trees from the steps of the walk. A step whose content is not named yet holds up those behind it; they wait in a queue,
 * which is bounded because {@link Segments} ends a segment before more steps than that have passed. One thread.
 */
final class TreeBuilder {

    static final int MAX_WAITING = 40_000;

    private static final ChunkId NO_TREE = new ChunkId(0, 0, 0, 0);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private sealed interface Step {
        /** {@code directory}: without its tree. {@code before}: what the parent snapshot says of it, if its attributes are the same, else null */
        record Enter(Entry directory, FileStat stat, CachedEntry before, CachedDirectory parent) implements Step {}

        record Leave() implements Step {}

        record Same(CachedEntry entry) implements Step {}

        record Add(Entry entry, FileStat stat, PendingContent content) implements Step {}
    }

    private record Level(Step.Enter directory, OpenTree tree) {}

    private final Breaker breaker;
    private final ChunkNamer namer;
    private final PageSink sink;
    private final CacheWriter cache;
    private final Deque<Step> waiting = new ArrayDeque<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Checkpoints checkpoints;
    private OpenTree.Finished root;

    /** @param parent the root directory of the parent snapshot, null if there is none */
    TreeBuilder(Breaker breaker, ChunkNamer namer, PageSink sink, CacheWriter cache, CachedDirectory parent, Checkpoints checkpoints) {
        this.breaker = breaker;
        this.namer = namer;
        this.sink = sink;
        this.cache = cache;
        this.checkpoints = checkpoints;
        levels.push(new Level(null, new OpenTree(namer, sink, parent, cache)));
    }

    /** Goes into a directory; its attributes are in {@code directory} unless {@code before} has them. */
    void enter(Entry directory, FileStat stat, CachedEntry before, CachedDirectory parent) throws BackupException, IOException {
        take(new Step.Enter(directory, stat, before, parent));
    }

    void leave() throws BackupException, IOException {
        take(new Step.Leave());
    }

    /** An entry that is exactly the parent's. */
    void same(CachedEntry entry) throws BackupException, IOException {
        take(new Step.Same(entry));
    }

    /** @param entry without its content */
    void add(Entry entry, FileStat stat, PendingContent content) throws BackupException, IOException {
        take(new Step.Add(entry, stat, content));
    }

    private void take(Step step) throws BackupException, IOException {
        waiting.add(step);
        settle();
        if (waiting.size() > MAX_WAITING) {
            awaitFirst();
            settle();
        }
        if (checkpoints.due()) {
            cut();
        }
    }

    /** Everything that waits here is behind the cut. */
    private void cut() throws BackupException, IOException {
        long child = 0;
        Step.Enter below = null;
        for (Level level : levels) {
            child = below == null ? level.tree.cut(null, null, 0)
                    : level.tree.cut(entry(below).with(new Entry.Content.Directory(NO_TREE)), below.stat, child);
            below = level.directory;
        }
        checkpoints.cut(cache.cut(child));
    }

    private static Entry entry(Step.Enter directory) throws BackupException {
        return directory.before != null ? directory.before.entry() : directory.directory;
    }

    private void awaitFirst() throws BackupException {
        if (waiting.peek() instanceof Step.Add(Entry entry, FileStat stat, PendingContent content) && !content.ready()) {
            breaker.await(() -> ready(content), "the names of chunks", PATIENCE);
        }
    }

    /** A failure here ends the job anyway; so it counts as ready, and is thrown when the content is asked for. */
    private boolean ready(PendingContent content) {
        try {
            return content.ready();
        } catch (BackupException e) {
            breaker.trip(e);
            return true;
        }
    }

    private void settle() throws BackupException, IOException {
        while (!waiting.isEmpty()) {
            if (waiting.peek() instanceof Step.Add(Entry entry, FileStat stat, PendingContent content) && !content.ready()) {
                return;
            }
            write(waiting.remove());
        }
    }

    private void write(Step step) throws BackupException, IOException {
        switch (step) {
            case Step.Enter enter -> levels.push(new Level(enter, new OpenTree(namer, sink, enter.parent, cache)));
            case Step.Leave leave -> close(levels.pop());
            case Step.Same(CachedEntry entry) -> levels.peek().tree.same(entry, 0);
            case Step.Add(Entry entry, FileStat stat, PendingContent content) ->
                levels.peek().tree.add(entry.with(content.content()), stat, 0);
        }
    }

    private void close(Level level) throws BackupException, IOException {
        OpenTree.Finished finished = level.tree.finish();
        Step.Enter directory = level.directory;
        OpenTree above = levels.peek().tree;
        boolean same = directory.before != null && directory.parent != null && directory.parent.tree().equals(finished.tree());
        if (same) {
            above.same(directory.before, finished.cached());
        } else {
            above.add(entry(directory).with(new Entry.Content.Directory(finished.tree())), directory.stat, finished.cached());
        }
    }

    /** Waits for all chunks' names and ends the trees. @return the id of the tree of {@code /} */
    ChunkId finish() throws BackupException, IOException {
        while (!waiting.isEmpty()) {
            awaitFirst();
            settle();
        }
        root = levels.pop().tree.finish();
        cache.finish(root.cached());
        return root.tree();
    }
}
