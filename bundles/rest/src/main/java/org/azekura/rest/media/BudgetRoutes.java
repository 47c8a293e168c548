package org.azekura.rest.media;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Money;
import org.azekura.api.NodeName;
import org.azekura.api.access.Right;
import org.azekura.api.server.Budget;
import org.azekura.api.server.Devices;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** What devices may carry and cost in a month. */
public final class BudgetRoutes {

    private static final Parameter NODE = Parameter.text("node", "backup1", "The storage node that has it, if several have one of this name");
    /** More than anybody has, and less than what a count of millionths holds. */
    private static final double MOST_MONEY = 1e12;
    /** As many digits as the catalog keeps. */
    private static final long MOST = 999_999_999_999_999_999L;

    private final Devices devices;

    public BudgetRoutes(Devices devices) {
        this.devices = devices;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("devices/{device}/budget").needs(Right.READ).says("What a device has carried this month, and what it may").aboutAll().answers(UseView.class).asks(NODE)
                        .by(call -> Reply.ok(UseView.of(devices.use(device(call), node(call))))),
                Route.put("devices/{device}/budget").needs(Right.OPERATE).says("Bounds what a device may carry and cost in a month").answers(UseView.class).asks(NODE)
                        .dangerousIf(this::costsOrHolds, this::bounds).takes(BudgetBounds.class, this::put),
                Route.delete("devices/{device}/budget").needs(Right.OPERATE).says("Bounds a device no more").answers(UseView.class).asks(NODE)
                        .dangerousIf(call -> Budget.NONE.costsMoreThan(before(call)), this::bounds).by(call -> put(call, Budget.NONE)));
    }

    private static DeviceName device(Call call) throws BackupException {
        return Names.device(call.place("device"));
    }

    private static NodeName node(Call call) throws BackupException {
        return Names.node(call.query("node"));
    }

    private Budget before(Call call) throws BackupException {
        return devices.use(device(call), node(call)).budget();
    }

    /** As they are laid down. */
    private BudgetBounds bounds(Call call) throws BackupException {
        return BudgetBounds.of(before(call));
    }

    /** Whether somebody pays more, or copies wait that went on. */
    private boolean costsOrHolds(Call call) throws BackupException, Refusal {
        Budget wanted = wanted(call.read(BudgetBounds.class));
        Budget before = before(call);
        return wanted.costsMoreThan(before) || wanted.isTighterThan(before);
    }

    private Reply put(Call call, BudgetBounds order) throws BackupException, Refusal {
        return put(call, wanted(order));
    }

    private Reply put(Call call, Budget budget) throws BackupException {
        return Reply.ok(UseView.of(devices.budget(device(call), budget, node(call))));
    }

    private static Budget wanted(BudgetBounds order) throws BackupException, Refusal {
        if (order.boundsNothing()) {
            throw Refusal.badRequest("request.value", "bytes", "say what is bounded: \"bytes\", \"requests\", \"money\"; without any, DELETE takes the budget away");
        }
        return Budget.of(whole("bytes", order.bytes()), whole("requests", order.requests()), micros(order.money()));
    }

    private static long whole(String field, Long given) throws Refusal {
        if (given != null && (given < 0 || given > MOST)) {
            throw Refusal.badRequest("request.value", field, "the field \"" + field + "\" is a number of 0 or more, of at most 18 digits");
        }
        return given == null ? Budget.OPEN : given;
    }

    private static long micros(Double money) throws Refusal {
        if (money != null && !(money >= 0 && money <= MOST_MONEY)) {
            throw Refusal.badRequest("request.value", "money", "the field \"money\" is 0 or more, like 20.00, in the currency that the prices of the device are in");
        }
        return money == null ? Budget.OPEN : Money.micros(money);
    }
}
