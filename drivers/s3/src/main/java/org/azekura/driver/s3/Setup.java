package org.azekura.driver.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;

/**
 * The settings, checked.
 *
 * @param endpoint null for Amazon's own of the region
 * @param prefix   empty, or what every object's name begins with, a slash at its end
 * @param ca       PEM file of the certificates that vouch for the endpoint, null for those of this Java
 * @param locks    the bucket was made with Object Lock
 */
record Setup(URI endpoint, String region, String bucket, String prefix, Login login, boolean pathStyle, Path ca, boolean locks, Classes classes, Limits limits, Prices prices) {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");
    private static final Pattern CLASS = Pattern.compile("[A-Z0-9_]{0,64}");
    private static final Pattern PACK = Pattern.compile("(?:.*/)?packs/.*");

    /** How requests are signed. */
    sealed interface Login {

        record Keys(String key, String secret) implements Login {
            @Override
            public String toString() {
                return key;
            }
        }

        record Environment() implements Login {}

        record Machine() implements Login {}

        /** Who is meant, for people. */
        default String who() {
            return switch (this) {
                case Keys keys -> "access key " + keys.key();
                case Environment e -> "the access key of the environment";
                case Machine m -> "this machine's role";
            };
        }
    }

    /** Storage classes, empty for the bucket's own. */
    record Classes(String all, String packs) {

        /** Those of Amazon that have no byte to read before somebody has asked for it. */
        static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

        /** @param parts whether it is longer than one: trees lie in packs as well, and theirs are short */
        String of(String key, boolean parts) {
            return parts && !packs.isEmpty() && PACK.matcher(key).matches() ? packs : all;
        }
    }

    /** A second; 0 for no limit. */
    record Limits(long bytesUp, long bytesDown, long requests) {}

    /** @throws BackupException {@code setting.NAME} of the first that will not do */
    static Setup check(S3Device.Settings settings) throws BackupException {
        String bucket = text(settings.bucket());
        if (!BUCKET.matcher(bucket).matches()) {
            throw refused("bucket", bucket, "give the name of a bucket that exists, 3 to 63 letters, digits, dots and hyphens, like backups");
        }
        String region = text(settings.region());
        if (!REGION.matcher(region).matches()) {
            throw refused("region", region, "give a region, like eu-central-1; a service that has none takes us-east-1");
        }
        Classes classes = new Classes(storageClass("storageClass", settings.storageClass()), storageClass("packsClass", settings.packsClass()));
        if (Classes.ARCHIVES.contains(classes.all())) {
            throw refused("storageClass", classes.all(), "labels and manifests are read all the time; give " + classes.all() + " as packsClass, for long packs alone");
        }
        Limits limits = new Limits(limit("upload_KiBps", settings.upload__KiBps()) << 10, limit("download_KiBps", settings.download__KiBps()) << 10,
                limit("requests_ps", settings.requests__ps()));
        return new Setup(endpoint(text(settings.endpoint())), region, bucket, prefix(text(settings.prefix())), login(settings), settings.pathStyle(), ca(text(settings.ca())),
                settings.objectLock(), classes, limits, Prices.check(settings));
    }

    /** Where the bucket is, for people: the endpoint, the bucket and the prefix. */
    String location() {
        return (endpoint == null ? "s3://" : endpoint + "/") + bucket + "/" + prefix;
    }

    private static Login login(S3Device.Settings settings) throws BackupException {
        String key = text(settings.accessKey());
        String secret = text(settings.secret());
        String from = text(settings.credentials());
        if (from.equals("keys")) {
            if (key.isEmpty() || secret.isEmpty()) {
                throw refused(key.isEmpty() ? "accessKey" : "secret", "", "give accessKey and secret; or set credentials to environment or machine, to take them from there");
            }
            return new Login.Keys(key, secret);
        }
        Login elsewhere = switch (from) {
            case "environment" -> new Login.Environment();
            case "machine" -> new Login.Machine();
            default -> throw refused("credentials", from, "give keys, environment or machine");
        };
        if (!key.isEmpty() || !secret.isEmpty()) {
            throw refused(key.isEmpty() ? "secret" : "accessKey", "", "credentials come from the " + from + ", so leave accessKey and secret empty");
        }
        return elsewhere;
    }

    private static String storageClass(String name, String setting) throws BackupException {
        String text = text(setting);
        if (!CLASS.matcher(text).matches()) {
            throw refused(name, text, "give the name of a storage class, like STANDARD_IA, or nothing");
        }
        return text;
    }

    private static long limit(String name, int setting) throws BackupException {
        if (setting < 0) {
            throw refused(name, Integer.toString(setting), "give 1 or more, or 0 for no limit");
        }
        return setting;
    }

    private static URI endpoint(String text) throws BackupException {
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below, as of every other text that is no address
        }
        throw refused("endpoint", "", "give the address of the service alone, like https://s3.example.net:8443, or nothing for Amazon's");
    }

    private static String prefix(String text) throws BackupException {
        String bare = text.replaceFirst("/+$", "");
        if (!bare.isEmpty() && !BlobKeys.isKey(bare)) {
            throw refused("prefix", text, "give parts of a-z, 0-9, dot, underscore and hyphen joined by slashes, 510 characters at most, like azekura/cellar");
        }
        return bare.isEmpty() ? "" : bare + "/";
    }

    private static Path ca(String text) throws BackupException {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw refused("ca", text, "give the absolute path of a PEM file, like /etc/ssl/s3-ca.pem");
        }
        return Path.of(text);
    }

    private static String text(String setting) {
        return setting == null ? "" : setting.strip();
    }

    /** @param value empty where it could hold a secret */
    static BackupException refused(String name, String value, String what) {
        return BackupException.operator("setting." + name, value, "the setting " + name + (value.isEmpty() ? "" : " = " + value) + " will not do: " + what);
    }
}
