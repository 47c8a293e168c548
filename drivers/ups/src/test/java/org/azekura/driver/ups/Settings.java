package org.azekura.driver.ups;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Settings of the driver: the defaults, but for what is given by the names of its methods. */
final class Settings {

    private Settings() {}

    static UpsDevice.Settings with(Map<String, Object> given) {
        return (UpsDevice.Settings) Proxy.newProxyInstance(UpsDevice.class.getClassLoader(), new Class<?>[] {UpsDevice.Settings.class},
                (proxy, method, args) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
