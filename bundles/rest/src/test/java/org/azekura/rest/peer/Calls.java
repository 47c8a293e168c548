package org.azekura.rest.peer;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Calls without a web server. */
final class Calls {

    private Calls() {}

    static HttpServletRequest get(String path, String query, Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(HttpServletRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (_, called, given) -> switch (called.getName()) {
            case "getMethod" -> "GET";
            case "getRequestURI" -> path;
            case "getQueryString" -> query;
            case "getHeader" -> headers.get(given[0]);
            case "getRemoteAddr" -> "203.0.113.7";
            case "getServerName" -> "backup2";
            case "getServerPort" -> 8443;
            default -> null;
        });
    }
}
