package org.azekura.api.server;

import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.osgi.annotation.versioning.ProviderType;

/** Who is told what happens, and what waits to be told. Safe for any number of threads. */
@ProviderType
public interface Notifications {

    /** By name. */
    List<NoticeTarget> targets() throws BackupException;

    /** @throws BackupException {@code target.unknown} */
    NoticeTarget target(TargetName name) throws BackupException;

    /**
     * Tells a target from now on.
     *
     * @throws BackupException {@code target.exists}; {@code target.value} names the setting that is wrong or missing: nothing was kept
     */
    NoticeTarget create(TargetName name, NoticeTarget.Kind kind, Wanted wanted) throws BackupException;

    /**
     * What is null in {@code wanted}, and settings and secrets that are not in it, stay; empty ones are taken away.
     *
     * @throws BackupException {@code target.unknown}, {@code target.value}: all is as it was
     */
    NoticeTarget change(TargetName name, Wanted wanted) throws BackupException;

    /**
     * Forgets a target with all that waits for it.
     *
     * @throws BackupException {@code target.unknown}
     */
    NoticeTarget delete(TargetName name) throws BackupException;

    /**
     * Sends a message that says it is a test, also to one that is not enabled; waits for the receiver's answer, at most a minute.
     *
     * @return what the receiver answered
     * @throws BackupException {@code target.unknown}; {@code notify.*} says why it was not taken
     */
    String test(TargetName name) throws BackupException;

    /**
     * What waits, oldest first, at most 1,000.
     *
     * @param target null: of all
     */
    List<Notice> outbox(TargetName target) throws BackupException;

    /** What a notice tells, one line in English. */
    String subject(Notice notice);

    /**
     * Has a notice tried at once, also one that was given up.
     *
     * @throws BackupException {@code notice.unknown}
     */
    Notice retry(long number) throws BackupException;

    /**
     * Has a notice told to nobody.
     *
     * @throws BackupException {@code notice.unknown}
     */
    Notice drop(long number) throws BackupException;

    /**
     * What somebody wants of a target. Each may be null.
     *
     * @param settings of its kind: a mail's are {@code host}, {@code port}, {@code security}, {@code ca}, {@code user}, {@code from}, {@code to}; a webhook's {@code url},
     *                 {@code ca}, {@code timeout}
     * @param secrets  a mail's {@code password}; a webhook's {@code secret} and its own headers, as {@code header.NAME}
     * @param match    by {@code severity}, {@code code}, {@code kind}, {@code client}, {@code pool}, {@code policy}, {@code saveSet}
     */
    record Wanted(Boolean enabled, String language, Map<String, String> settings, Map<String, String> secrets, Map<String, List<String>> match, String quiet) {}
}
