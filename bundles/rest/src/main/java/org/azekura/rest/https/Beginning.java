package org.azekura.rest.https;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.azekura.api.server.StartProblem;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a component begins when it is activated, on a thread of its own, because it waits for disks and names; and what has to be
 * undone when it goes, the last step first, each even if another fails. Work that fails is published as {@link StartProblem}.
 */
public final class Beginning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    private final String what;
    private final BundleContext context;
    private final Deque<AutoCloseable> undo = new ArrayDeque<>();
    private boolean closed;

    /** Does it, and tells after each step how to undo that one. */
    public interface Work {
        void run(Beginning begun) throws Exception;
    }

    private Beginning(String what, BundleContext context) {
        this.what = what;
        this.context = context;
    }

    /** @param what names the thread */
    public static Beginning of(String what, BundleContext context, Work work) {
        Beginning beginning = new Beginning(what, context);
        Thread.ofPlatform().daemon().name(what).start(() -> beginning.run(work));
        return beginning;
    }

    private void run(Work work) {
        try {
            work.run(this);
        } catch (Exception e) {
            if (isClosed()) {
                LOG.debug("{} was closed while it began: {}", what, e.toString());
            } else {
                LOG.error("{} cannot begin", what, e);
                publish(e.getMessage() == null ? e.toString() : e.getMessage());
            }
        }
    }

    private void publish(String message) {
        String text = message.replaceAll("\\s*\\R\\s*", " ");
        try {
            undo(context.registerService(StartProblem.class, () -> text, new Hashtable<>(Map.of(StartProblem.TEXT, text)))::unregister);
        } catch (IllegalStateException e) {
            LOG.debug("{}: the bundle stops", what);
        }
    }

    /** How to undo the step just done; done at once if the component has gone meanwhile. */
    public void undo(AutoCloseable step) {
        synchronized (this) {
            if (!closed) {
                undo.push(step);
                return;
            }
        }
        close(step);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        List<AutoCloseable> steps;
        synchronized (this) {
            closed = true;
            steps = new ArrayList<>(undo);
            undo.clear();
        }
        // without the lock: services that go call their users
        steps.forEach(this::close);
    }

    private void close(AutoCloseable step) {
        try {
            step.close();
        } catch (Exception e) {
            LOG.warn("while {} ends: {}", what, e.toString());
        }
    }
}
