package org.azekura.driver.s3;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;

/** Settings of the driver: good ones, but for what is given by the names of its methods. */
final class Settings {

    static final String KEY = "AZTEST";
    static final String SECRET = "AZSECRET123";

    private Settings() {}

    static S3Device.Settings with(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(Map.of("endpoint", "http://127.0.0.1:9", "bucket", "backups", "accessKey", KEY, "secret", SECRET));
        all.putAll(given);
        return (S3Device.Settings) Proxy.newProxyInstance(S3Device.class.getClassLoader(), new Class<?>[] {S3Device.Settings.class},
                (proxy, method, args) -> all.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    /** Checked, with the prefix {@code azekura/cellar}. */
    static Setup at(String endpoint, String bucket, Map<String, Object> given) throws BackupException {
        Map<String, Object> all = new HashMap<>(Map.of("endpoint", endpoint, "bucket", bucket, "prefix", "azekura/cellar"));
        all.putAll(given);
        return Setup.check(with(all));
    }
}
