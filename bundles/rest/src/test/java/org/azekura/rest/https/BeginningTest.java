package org.azekura.rest.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.server.StartProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

@Timeout(300)
class BeginningTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Object> problem = new CompletableFuture<>();

    /** Takes registrations of a problem, and notes when they end. */
    private final BundleContext context = (BundleContext) Proxy.newProxyInstance(BeginningTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                assertEquals("registerService", method.getName());
                assertEquals(StartProblem.class, arguments[0]);
                problem.complete(((Dictionary<?, ?>) arguments[2]).get(StartProblem.TEXT));
                return registration();
            });

    private Object registration() {
        return Proxy.newProxyInstance(BeginningTest.class.getClassLoader(), new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> done.add(method.getName()));
    }

    @Test
    void undoesEveryStepTheLastFirstEvenIfOneFails() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Beginning beginning = Beginning.of("test", context, it -> {
            it.undo(() -> done.add("first"));
            it.undo(() -> {
                throw new IOException("the disk is gone");
            });
            it.undo(() -> done.add("last"));
            begun.countDown();
        });
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        beginning.close();
        beginning.close();
        assertEquals(List.of("last", "first"), done);
    }

    @Test
    void undoesAtOnceWhatIsBegunAfterItsEnd() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Void> end = new CompletableFuture<>();
        Beginning beginning = Beginning.of("test", context, it -> {
            assertTrue(closed.await(120, TimeUnit.SECONDS));
            it.undo(() -> done.add("undone"));
            end.complete(null);
            throw new IOException("nobody wants to hear of it");
        });
        beginning.close();
        closed.countDown();
        end.get(120, TimeUnit.SECONDS);
        assertEquals(List.of("undone"), done);
        assertEquals(false, problem.isDone());
    }

    @Test
    void publishesInOneLineWhyItCannotBegin() throws Exception {
        Beginning.of("test", context, it -> {
            throw new IOException("no\n  room");
        });
        assertEquals("no room", problem.get(120, TimeUnit.SECONDS));
    }
}
