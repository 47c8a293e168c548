package org.azekura.driver.s3;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3DeviceTest {

    @Test
    void everyCallTellsWhichSettingWillNotDo() {
        for (Map.Entry<String, String> wrong : Map.of("bucket", "", "endpoint", "ftp://x", "prefix", "a//b", "accessKey", "", "secret", "", "ca", "relative.pem",
                "region", "a b").entrySet()) {
            S3Device device = device(wrong.getKey(), wrong.getValue());
            assertRefused("setting." + wrong.getKey(), device::space);
            assertRefused("setting." + wrong.getKey(), () -> device.size("blob"));
        }
        assertRefused("setting.ca", device("ca", "/nowhere/ca.pem")::space);
    }

    @Test
    void saysWhereItIsWithoutItsSecret() {
        assertEquals("http://127.0.0.1:9/backups/azekura/", device("prefix", "azekura/").location());
        String refusal = assertRefused("setting.endpoint", device("endpoint", "https://me:hidden@host")::space).getMessage();
        assertFalse(refusal.contains("hidden"), refusal);
    }

    @Test
    void nobodyListeningIsAnErrorOfTheNetwork() {
        assertRefused("device.io", device("prefix", "azekura")::selfTest);
    }

    @Test
    void isClosedForGood() throws Exception {
        S3Device used = device("prefix", "azekura");
        used.space();
        used.close();
        assertRefused("device.closed", used::space);
        S3Device unused = device("prefix", "azekura");
        unused.close();
        assertRefused("device.closed", unused::space);
        assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().startsWith("sdk-")));
    }

    /** Good settings but for one. */
    private static S3Device device(String name, String value) {
        Map<String, String> good = Map.of("endpoint", "http://127.0.0.1:9", "region", "us-east-1", "bucket", "backups", "prefix", "", "accessKey", "AZTEST", "secret", "AZSECRET123",
                "ca", "");
        return new S3Device(new S3Device.Settings() {
            private String of(String id) {
                return id.equals(name) ? value : good.get(id);
            }

            @Override
            public String endpoint() {
                return of("endpoint");
            }

            @Override
            public String region() {
                return of("region");
            }

            @Override
            public String bucket() {
                return of("bucket");
            }

            @Override
            public String prefix() {
                return of("prefix");
            }

            @Override
            public String accessKey() {
                return of("accessKey");
            }

            @Override
            public String secret() {
                return of("secret");
            }

            @Override
            public boolean pathStyle() {
                return true;
            }

            @Override
            public String ca() {
                return of("ca");
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return S3Device.Settings.class;
            }
        });
    }
}
