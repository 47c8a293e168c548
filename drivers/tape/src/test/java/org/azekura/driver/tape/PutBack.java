package org.azekura.driver.tape;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.azekura.api.device.Drive;
import org.azekura.testkit.tape.Istgt;

/** A drive with somebody beside it who puts the cartridge in again when it comes out: istgt throws it out for good, until it is started anew. */
final class PutBack {

    private PutBack() {}

    static Drive drive(Drive drive, Istgt istgt) {
        return (Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class}, (proxy, method, args) -> {
            try {
                Object result = method.invoke(drive, args);
                if (method.getName().equals("unload")) {
                    istgt.kill();
                    istgt.restart();
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
