package org.azekura.driver.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;

/**
 * The settings, checked.
 *
 * @param endpoint null for Amazon's own of the region
 * @param prefix   empty, or what every object's name begins with, a slash at its end
 * @param key      null to take both from the environment
 * @param secret   null if the key is
 * @param ca       PEM file of the certificates that vouch for the endpoint, null for those of this Java
 */
record Setup(URI endpoint, String region, String bucket, String prefix, String key, String secret, boolean pathStyle, Path ca) {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");

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
        String key = text(settings.accessKey());
        String secret = text(settings.secret());
        if (key.isEmpty() != secret.isEmpty()) {
            String missing = key.isEmpty() ? "accessKey" : "secret";
            throw refused(missing, "", "give accessKey and secret, or neither: then they come from the environment");
        }
        return new Setup(endpoint(text(settings.endpoint())), region, bucket, prefix(text(settings.prefix())), key.isEmpty() ? null : key, key.isEmpty() ? null : secret,
                settings.pathStyle(), ca(text(settings.ca())));
    }

    /** Where the bucket is, for people: the endpoint, the bucket and the prefix. */
    String location() {
        return (endpoint == null ? "s3://" : endpoint + "/") + bucket + "/" + prefix;
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
