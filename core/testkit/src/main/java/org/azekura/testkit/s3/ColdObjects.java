package org.azekura.testkit.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects as they were put through the front, and the copies of those that lie in a class of an archive. Safe for any number of threads. */
final class ColdObjects {

    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");
    private static final DateTimeFormatter HEADER = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final Pattern DAYS = Pattern.compile("<Days>([0-9]{1,9})</Days>");
    private static final Pattern TIER = Pattern.compile("<Tier>(Bulk|Standard|Expedited)</Tier>");
    /** An object in a list, up to its end. */
    private static final Pattern CONTENTS = Pattern.compile("<Contents>(?:(?!</Contents>).)*?<Key>(.*?)</Key>.*?(?=</Contents>)", Pattern.DOTALL);

    /** By bucket and key. */
    private final Map<String, Cold> objects = new HashMap<>();
    private final Set<String> hot = new HashSet<>();
    private final Map<String, String> begun = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int lengthened;

    /**
     * @param until when its copy goes; null: nobody has asked for one
     * @param there whether that is there
     */
    private record Cold(String storageClass, Instant until, boolean there) {}

    /** What RestoreObject is answered. @param code null for none */
    record Answer(int status, String code, String message) {}

    synchronized void began(String object, String storageClass) {
        begun.put(object, storageClass == null ? "" : storageClass);
    }

    synchronized void joined(String object) {
        put(object, begun.remove(object));
    }

    synchronized void put(String object, String storageClass) {
        if (storageClass != null && ARCHIVES.contains(storageClass)) {
            objects.put(object, new Cold(storageClass, null, false));
            hot.remove(object);
        } else {
            objects.remove(object);
            hot.add(object);
        }
    }

    synchronized void deleted(String object) {
        objects.remove(object);
        hot.remove(object);
    }

    /** Null if it lies in no archive. */
    synchronized String storageClass(String object) {
        Cold cold = objects.get(object);
        return cold == null ? null : cold.storageClass;
    }

    synchronized boolean isReadable(String object) {
        Cold cold = objects.get(object);
        return cold == null || cold.there;
    }

    /** The header x-amz-restore ("HeadObject"); null for none. */
    synchronized String restore(String object) {
        Cold cold = objects.get(object);
        return cold == null || cold.until == null ? null : cold.there ? "ongoing-request=\"false\", expiry-date=\"" + HEADER.format(cold.until) + "\"" : "ongoing-request=\"true\"";
    }

    /** With RestoreStatus of each that was asked for ("ListObjectsV2", x-amz-optional-object-attributes). */
    synchronized String listed(String bucket, String list) {
        return CONTENTS.matcher(list).replaceAll(found -> Matcher.quoteReplacement(found.group() + status(objects.get(bucket + "/" + found.group(1)))));
    }

    private static String status(Cold cold) {
        return cold == null || cold.until == null ? "" : "<RestoreStatus><IsRestoreInProgress>" + !cold.there + "</IsRestoreInProgress>"
                + (cold.there ? "<RestoreExpiryDate>" + cold.until + "</RestoreExpiryDate>" : "") + "</RestoreStatus>";
    }

    synchronized Answer retrieve(String object, String body) {
        Cold cold = objects.get(object);
        Matcher days = DAYS.matcher(body);
        Matcher tier = TIER.matcher(body);
        if (!days.find() || Integer.parseInt(days.group(1)) < 1) {
            return new Answer(400, "MalformedXML", "Days is missing");
        }
        if (cold == null && !hot.contains(object)) {
            return new Answer(404, "NoSuchKey", "The specified key does not exist.");
        }
        if (cold == null) {
            return new Answer(403, "InvalidObjectState", "Restore is not allowed for the object's current storage class");
        }
        String by = tier.find() ? tier.group(1) : "Standard";
        if (by.equals("Expedited") && cold.storageClass.equals("DEEP_ARCHIVE")) {
            return new Answer(400, "InvalidArgument", "Expedited is not available for DEEP_ARCHIVE");
        }
        if (cold.until != null && !cold.there) {
            return new Answer(409, "RestoreAlreadyInProgress", "Object restore is already in progress");
        }
        objects.put(object, new Cold(cold.storageClass, midnight(Integer.parseInt(days.group(1))), cold.there));
        if (cold.there) {
            lengthened++;
            return new Answer(200, null, null);
        }
        asked.add(by + " " + object.substring(object.indexOf('/') + 1));
        return new Answer(202, null, null);
    }

    /** So many days from now, and on to the next midnight. */
    private static Instant midnight(int days) {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).plus(days + 1L, ChronoUnit.DAYS);
    }

    synchronized void bring() {
        objects.replaceAll((object, cold) -> cold.until == null ? cold : new Cold(cold.storageClass, cold.until, true));
    }

    synchronized void expire() {
        objects.replaceAll((object, cold) -> cold.there ? new Cold(cold.storageClass, null, false) : cold);
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    synchronized int lengthened() {
        return lengthened;
    }

    synchronized List<String> all() {
        return objects.keySet().stream().sorted().toList();
    }
}
