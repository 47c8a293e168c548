package org.azekura.server.budget;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.device.Traffic;
import org.azekura.api.message.DeviceAnswer.MonthFound;
import org.azekura.api.server.Budget;
import org.azekura.api.server.MonthlyUse;

/**
 * Use and budgets as settings of the catalog keep them: {@code use/NODE/DEVICE/2026-11} as nodes say it, {@code thawed/NODE/DEVICE/2026-11} what was asked of an archive, in millionths,
 * and {@code budget/NODE/DEVICE}.
 */
public final class UseBook {

    /** What settings are called that say what devices may carry. */
    public static final String BUDGETS = "budget/";
    private static final String USE = "use/";
    private static final String THAWED = "thawed/";
    private static final Pattern BUDGET = Pattern.compile("budget/[\\w.-]{1,63}/[\\w.-]{1,63}( (-1|\\d{1,18})){3}");
    /** As a ledger is called: a word, since more follow it where it is kept. */
    private static final Pattern LEDGER = Pattern.compile("[\\w.-]{1,64}");
    private static final Pattern MONTH = Pattern.compile("20\\d\\d-(0[1-9]|1[0-2])");
    /** More than any line carries in a month, and little enough to be added up. */
    private static final long MOST = 1L << 56;
    private static final int MONTHS = 13;

    private UseBook() {}

    /** In which month that is. */
    static YearMonth month(Instant now) {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC));
    }

    private static String place(NodeName node, DeviceName device) {
        return node + "/" + device;
    }

    private static String name(NodeName node, MonthFound found) {
        return USE + place(node, found.device()) + "/" + YearMonth.parse(found.month());
    }

    /** Whether what a node says can be kept and reckoned with. */
    static boolean isSound(MonthFound found) {
        return found.device() != null && found.ledger() != null && LEDGER.matcher(found.ledger()).matches() && found.month() != null && MONTH.matcher(found.month()).matches()
                && LongStream.of(found.bytesIn(), found.bytesOut(), found.writes(), found.reads(), found.free(), found.microsPerGiB(), found.microsPerThousand(),
                        found.microsPerThousandWrites()).allMatch(number -> number >= 0 && number <= MOST);
    }

    private static String followed(CatalogView view, NodeName node, MonthFound found) throws BackupException {
        return view.setting(name(node, found)).map(KeptUse::parse).orElse(KeptUse.NONE).followed(found).toString();
    }

    /** Whether a node says nothing new. */
    static boolean isKnown(CatalogView view, NodeName node, List<MonthFound> months) throws BackupException {
        for (MonthFound found : months) {
            if (!view.setting(name(node, found)).equals(Optional.of(followed(view, node, found)))) {
                return false;
            }
        }
        return true;
    }

    /** Keeps what a node said. */
    static void note(CatalogEdit edit, NodeName node, MonthFound found) throws BackupException {
        edit.putSetting(name(node, found), followed(edit, node, found));
    }

    /** Something was asked of the archive of a device. */
    public static void thawed(CatalogEdit edit, NodeName node, DeviceName device, Instant now, long micros) throws BackupException {
        if (micros > 0) {
            String name = THAWED + place(node, device) + "/" + month(now);
            edit.putSetting(name, Long.toString(edit.setting(name).map(Long::parseLong).orElse(0L) + micros));
        }
    }

    static Budget budget(CatalogView view, NodeName node, DeviceName device) throws BackupException {
        String[] words = view.setting(BUDGETS + place(node, device)).orElse("-1 -1 -1").split(" ");
        return Budget.of(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** Whether a setting of this name and value, which somebody brings, bounds a device. */
    public static boolean isBudget(String name, String value) {
        return BUDGET.matcher(name + " " + value).matches();
    }

    static void put(CatalogEdit edit, NodeName node, DeviceName device, Budget budget) throws BackupException {
        String name = BUDGETS + place(node, device);
        if (budget.equals(Budget.NONE)) {
            edit.deleteSetting(name);
        } else {
            edit.putSetting(name, budget.bytes() + " " + budget.requests() + " " + budget.micros());
        }
    }

    /** Of all devices that count, and all that have a budget; by node, then by name. */
    public static List<MonthlyUse> of(CatalogView view, Instant now) throws BackupException {
        YearMonth month = month(now);
        Map<String, String> kept = view.settings(USE);
        List<String> places = new ArrayList<>(kept.keySet().stream().map(name -> name.substring(USE.length(), name.lastIndexOf('/'))).toList());
        view.settings(BUDGETS).keySet().forEach(name -> places.add(name.substring(BUDGETS.length())));
        List<MonthlyUse> uses = new ArrayList<>();
        for (String place : places.stream().distinct().toList()) {
            int slash = place.indexOf('/');
            NodeName node = new NodeName(place.substring(0, slash));
            DeviceName device = new DeviceName(place.substring(slash + 1));
            KeptUse use = KeptUse.parse(kept.getOrDefault(USE + place + "/" + month, KeptUse.NONE.toString()));
            long thaws = view.setting(THAWED + place + "/" + month).map(Long::parseLong).orElse(0L);
            Traffic carried = use.carried();
            uses.add(new MonthlyUse(device, node, month, carried, use.micros() + thaws, thaws, budget(view, node, device)));
        }
        uses.sort(Comparator.comparing(MonthlyUse::node).thenComparing(MonthlyUse::device));
        return uses;
    }

    /** A device that nobody has any more. */
    static void forget(CatalogEdit edit, NodeName node, DeviceName device) throws BackupException {
        edit.deleteSetting(BUDGETS + place(node, device));
        for (String prefix : List.of(USE, THAWED)) {
            for (String name : edit.settings(prefix + place(node, device) + "/").keySet()) {
                edit.deleteSetting(name);
            }
        }
    }

    /** Forgets months that are long over. */
    static void tidy(CatalogEdit edit, Instant now) throws BackupException {
        YearMonth first = month(now).minusMonths(MONTHS - 1);
        for (String prefix : List.of(USE, THAWED)) {
            for (String name : edit.settings(prefix).keySet()) {
                if (YearMonth.parse(name.substring(name.lastIndexOf('/') + 1)).isBefore(first)) {
                    edit.deleteSetting(name);
                }
            }
        }
    }
}
