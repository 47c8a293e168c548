package org.azekura.client.mount;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.content.Content;
import org.azekura.api.content.Saved;
import org.azekura.api.message.MountAnswer;
import org.azekura.engine.plan.PlanReader;
import org.azekura.engine.tree.Entry;

/** A content that is read within this process; its job's threads answer, so that who reads may be a virtual thread. */
final class OpenContent implements Content, Asker {

    private final long stream;
    private final Consumer<OpenContent> onClose;
    private final CompletableFuture<Answerer> ready = new CompletableFuture<>();
    /** Completed by whoever ends it first, with why it failed if it did. */
    private final CompletableFuture<Object> ended = new CompletableFuture<>();

    private record Answerer(MountedSnapshot snapshot, Executor threads) {}

    /** @param onClose is told also if no job has taken it */
    OpenContent(long stream, Consumer<OpenContent> onClose) {
        this.stream = stream;
        this.onClose = onClose;
    }

    @Override
    public long stream() {
        return stream;
    }

    @Override
    public void ask(MountedSnapshot snapshot, Executor threads) throws BackupException {
        ready.complete(new Answerer(snapshot, threads));
        get(ended);
    }

    @Override
    public boolean await(Duration most) throws BackupException {
        try {
            CompletableFuture.anyOf(ready, ended).get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw reason(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return true;
    }

    @Override
    public Saved look(RawPath path) throws BackupException {
        List<Saved> found = saved(answer(() -> snapshot().look(path)));
        return found.isEmpty() ? null : found.getFirst();
    }

    @Override
    public Page list(RawPath directory, byte[] after, int most) throws BackupException {
        MountAnswer.Entries found = answer(() -> snapshot().names(directory, after, most));
        return new Page(saved(found), found.more());
    }

    @Override
    public byte[] read(RawPath file, long from, int length) throws BackupException {
        byte[] bytes = answer(() -> snapshot().read(file, from, length));
        snapshot().ahead().read(file, from, from + length);
        return bytes;
    }

    private MountedSnapshot snapshot() {
        return ready.join().snapshot;
    }

    private <A> A answer(Callable<A> question) throws BackupException {
        if (ended.isDone() || !ready.isDone()) {
            throw closed();
        }
        CompletableFuture<Object> answer = new CompletableFuture<>();
        ready.join().threads.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        @SuppressWarnings("unchecked")
        A found = (A) get(CompletableFuture.anyOf(answer, ended));
        if (!answer.isDone()) {
            throw closed();
        }
        return found;
    }

    /** With the reason if there is one. */
    private BackupException closed() throws BackupException {
        if (ended.isDone()) {
            get(ended);
        }
        return BackupException.operator("content.closed", "", "what was opened to be read is closed");
    }

    private static Object get(CompletableFuture<Object> answer) throws BackupException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw reason(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static BackupException reason(ExecutionException e) {
        return e.getCause() instanceof BackupException known ? new BackupException(known.failure(), known) : BackupException.bug("what was opened to be read", e.getCause());
    }

    private static BackupException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return BackupException.network("job.interrupted", "", "who reads was interrupted", e);
    }

    private static List<Saved> saved(MountAnswer.Entries found) throws BackupException {
        List<Saved> saved = new ArrayList<>();
        if (!found.facts().isEmpty()) {
            new PlanReader().read(found.entries(), List.of(), part -> saved.add(saved(part.entry())));
        }
        return saved;
    }

    private static Saved saved(Entry e) {
        SortedMap<RawPath, byte[]> xattrs = new TreeMap<>();
        e.xattrs().forEach(xattr -> xattrs.put(new RawPath(xattr.name()), xattr.value()));
        return new Saved(new RawPath(e.name()), Saved.Type.valueOf(e.type().name()), e.mode(), Integer.toUnsignedLong(e.uid()), Integer.toUnsignedLong(e.gid()), e.user(),
                e.group(), e.size(), e.mtime(), e.linkGroup(), e.target() == null ? null : new RawPath(e.target()), e.major(), e.minor(), xattrs);
    }

    /** Also who is being answered gets this reason. */
    @Override
    public void fail(BackupException why) {
        ended.completeExceptionally(why);
    }

    @Override
    public void close() {
        onClose.accept(this);
        ended.complete(this);
    }
}
