package org.azekura.driver.tape;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Alert;

/** What a drive has to say (SSC-3, LOG SENSE, TapeAlert page 2Eh), and that it asked to be cleaned. One thread at a time. */
final class Alerts {

    static final int PAGE = 0x2e;

    private static final int LENGTH = 4 + 64 * 5;
    private static final int CLEAN_PERIODICALLY = 21;

    private final SpcDevice device;
    private final Logs logs;

    Alerts(SpcDevice device, Logs logs) {
        this.device = device;
        this.logs = logs;
    }

    /** Reading the page takes its flags away. */
    List<Alert> take(boolean hasPage) throws BackupException {
        List<Alert> alerts = new ArrayList<>();
        if (hasPage) {
            alerts.addAll(parse(logs.page(PAGE, LENGTH)));
        }
        if (device.takeCleaning() && alerts.stream().noneMatch(alert -> alert.flag() == CLEAN_PERIODICALLY || alert.flag() == CLEAN_PERIODICALLY - 1)) {
            alerts.add(new Alert(CLEAN_PERIODICALLY));
        }
        return List.copyOf(alerts);
    }

    static List<Alert> parse(byte[] page) {
        List<Alert> alerts = new ArrayList<>();
        if (page.length < 4 || (page[0] & 0x3f) != PAGE) {
            return alerts;
        }
        int end = Math.min(page.length, 4 + ((page[2] & 0xff) << 8 | page[3] & 0xff));
        for (int at = 4; at + 5 <= end; at += 4 + (page[at + 3] & 0xff)) {
            int flag = (page[at] & 0xff) << 8 | page[at + 1] & 0xff;
            if (flag >= 1 && flag <= 64 && (page[at + 3] & 0xff) > 0 && (page[at + 4] & 1) != 0) {
                alerts.add(new Alert(flag));
            }
        }
        return alerts;
    }
}
