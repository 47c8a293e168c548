package org.azekura.notify;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.access.OutwardSockets;
import org.azekura.api.access.Seal;
import org.azekura.api.catalog.NoticeTarget;

/** How each target is told: its settings, with its secrets opened. @param localWebhooks whether they may go to this very machine */
record Ways(Seal seal, InstantSource clock, BooleanSupplier localWebhooks) {

    /** What makes a way of a target. */
    @FunctionalInterface
    interface Making {

        /** @throws BackupException {@code target.value}, {@code secret.damaged} */
        Way of(NoticeTarget target) throws BackupException;
    }

    Way of(NoticeTarget target) throws BackupException {
        Map<String, String> secrets = opened(target);
        try {
            return switch (target.kind()) {
                case MAIL -> new MailWay(MailSettings.read(target.settings(), secrets));
                case WEBHOOK -> new WebhookWay(webhook(target.settings(), secrets), clock, localWebhooks);
            };
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private WebhookSettings webhook(Map<String, String> settings, Map<String, String> secrets) {
        WebhookSettings read = WebhookSettings.read(settings, secrets);
        if (OutwardSockets.isNear(read.url().getHost()) && !localWebhooks.getAsBoolean()) {
            throw Read.wrong("url", read.url().getHost() + " is this machine, or on its own link. " + WebhookSettings.LOCAL);
        }
        return read;
    }

    static BackupException wrong(String why) {
        return BackupException.operator("target.value", why.replaceFirst(":.*", ""), why);
    }

    static Set<String> settings(NoticeTarget.Kind kind) {
        return switch (kind) {
            case MAIL -> MailSettings.NAMES;
            case WEBHOOK -> WebhookSettings.NAMES;
        };
    }

    /** Settings by which it is another one who gets the secrets. */
    static List<String> where(NoticeTarget.Kind kind) {
        return switch (kind) {
            case MAIL -> MailSettings.WHERE;
            case WEBHOOK -> WebhookSettings.WHERE;
        };
    }

    static boolean isSecret(NoticeTarget.Kind kind, String name) {
        return switch (kind) {
            case MAIL -> MailSettings.SECRETS.contains(name);
            case WEBHOOK -> WebhookSettings.SECRETS.contains(name) || name.startsWith(WebhookSettings.HEADER);
        };
    }

    String sealed(TargetName target, String name, String value) {
        return seal.seal(value.getBytes(StandardCharsets.UTF_8), of(target, name));
    }

    private SortedMap<String, String> opened(NoticeTarget target) throws BackupException {
        SortedMap<String, String> opened = new TreeMap<>();
        for (Map.Entry<String, String> secret : target.secrets().entrySet()) {
            opened.put(secret.getKey(), new String(seal.open(secret.getValue(), of(target.name(), secret.getKey())), StandardCharsets.UTF_8));
        }
        return opened;
    }

    private static String of(TargetName target, String name) {
        return "notify/" + target + "/" + name;
    }
}
