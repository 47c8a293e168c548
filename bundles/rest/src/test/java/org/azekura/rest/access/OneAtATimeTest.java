package org.azekura.rest.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Right;
import org.azekura.api.access.Role;
import org.azekura.rest.FakeRequests;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.junit.jupiter.api.Test;

/** What is judged is what is done. */
class OneAtATimeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As far as it matters here. */
    record Standing(boolean admin, boolean disabled) {}

    /** What a change brings; null: as it was. */
    record Change(Boolean admin, Boolean disabled) {}

    record Row(boolean admin, boolean disabled) {}

    private final FakeRequests requests = new FakeRequests();
    private final AtomicReference<Standing> bob = new AtomicReference<>(new Standing(false, true));
    private final CountDownLatch judged = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final Route change = Route.patch("users/{user}").needs(Right.ADMINISTER).says("Changes a user").answers(Row.class)
            .dangerousIf(call -> over(bob.get(), call.read(Change.class)).equals(new Standing(true, false)), call -> bob.get()).takes(Change.class, this::change);
    private final Deferred deferred = new Deferred(requests, new RouteTable(List.of(change)));

    private static Standing over(Standing was, Change change) {
        return new Standing(change.admin == null ? was.admin : change.admin, change.disabled == null ? was.disabled : change.disabled);
    }

    private Reply change(Call call, Change wanted) {
        if (wanted.admin != null) {
            judged.countDown();
            await(go);
        }
        return Reply.ok(bob.updateAndGet(was -> over(was, wanted)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Thread call(ObjectNode body) {
        Caller admin = Caller.of(new UserName("admin"), Role.ADMIN, Set.of());
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                deferred.answer(change, new Call(new Door.Entry(admin, null, ""), Map.of("user", "bob"), Map.of(), body, null, null));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void twoHarmlessChangesAtOnceMakeNoAdmin() throws Exception {
        requests.rule = new Rule(2, Duration.ofDays(1));
        Thread makesAdmin = call(Json.MAPPER.createObjectNode().put("admin", true));
        await(judged);
        Thread enables = call(Json.MAPPER.createObjectNode().put("disabled", false));
        // it waits for its turn, or has done what it should not
        while (enables.isAlive() && enables.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();
        assertTrue(makesAdmin.join(PATIENCE) && enables.join(PATIENCE));
        assertEquals(new Standing(true, true), bob.get());
        assertEquals(1, requests.all.size());
    }
}
