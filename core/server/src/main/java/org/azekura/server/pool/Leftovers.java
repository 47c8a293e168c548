package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.UserName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.User;
import org.azekura.api.server.Appliance.Left;

/** What a rebuild has brought back that is not in force: named with the command that changes it, until somebody has given it or wants to hear no more of it. */
public final class Leftovers {

    static final String USER = "user";
    static final String TARGET = "target";
    static final String SSO = "sso";
    static final String DEVICE = "device";
    static final String AUDIT = "audit";
    private static final String SETTING = "rebuild.left";
    private static final String GAP = "\t";
    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_./:@=,+%-]+");

    private Leftovers() {}

    static void add(CatalogEdit edit, Left left) throws BackupException {
        List<Left> all = new ArrayList<>(all(edit));
        all.removeIf(each -> each.kind().equals(left.kind()) && each.name().equals(left.name()));
        all.add(left);
        put(edit, all);
    }

    private static void put(CatalogEdit edit, List<Left> all) throws BackupException {
        edit.putSetting(SETTING, all.stream().map(left -> String.join(GAP, List.of(left.kind(), left.name(), left.what(), left.command()).stream()
                .map(text -> text.replaceAll("\\p{Cntrl}", " ")).toList())).collect(Collectors.joining("\n")));
    }

    /** In the order in which it came back; some of it may be in force by now. */
    private static List<Left> all(CatalogView view) throws BackupException {
        return view.setting(SETTING).orElse("").lines().map(line -> line.split(GAP, -1)).filter(parts -> parts.length == 4)
                .map(parts -> new Left(parts[0], parts[1], parts[2], parts[3])).toList();
    }

    /** What is not in force still. */
    public static List<Left> open(CatalogView view) throws BackupException {
        List<Left> open = new ArrayList<>();
        for (Left left : all(view)) {
            if (isOpen(view, left)) {
                open.add(left);
            }
        }
        return open;
    }

    private static boolean isOpen(CatalogView view, Left left) throws BackupException {
        return switch (left.kind()) {
            case USER -> view.user(new UserName(left.name())).filter(User::disabled).isPresent();
            case TARGET -> view.noticeTarget(new TargetName(left.name())).filter(target -> !target.enabled()).isPresent();
            case SSO -> view.signOn().isEmpty();
            case AUDIT -> !left.name().equals(RevivedAudit.KEY) || RevivedAudit.waits(view);
            default -> KnownDevices.of(view).stream().noneMatch(device -> device.name().value().equals(left.name()));
        };
    }

    /** Nobody wants to hear of it any more. */
    public static void forget(CatalogEdit edit) throws BackupException {
        edit.deleteSetting(SETTING);
        edit.deleteSetting("catalog.refused");
    }

    /** A word of a command, as a shell takes it for one. */
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
