package org.azekura.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request wants of a service that speaks S3, by the bucket in its path.
 *
 * @param object bucket and key; null if it is about a bucket, or about nothing
 * @param query  names in it
 */
record Ask(String method, String object, Set<String> query) {

    /** What is counted. */
    enum Kind {
        /** The content of an object. */
        READ,
        /** HeadObject. */
        LOOK,
        /** ListObjectsV2. */
        LIST,
        /** RestoreObject. */
        RETRIEVE,
        /** PutObject. */
        PUT,
        /** CreateMultipartUpload, which says the class of the whole. */
        BEGIN,
        /** CompleteMultipartUpload. */
        JOIN,
        /** DeleteObject. */
        DELETE,
        OTHER
    }

    static Ask of(Head request) {
        String[] words = request.first().split(" ");
        String[] target = words[1].split("\\?", 2);
        String path = URLDecoder.decode(target[0].substring(1).replace("+", "%2B"), UTF_8);
        int slash = path.indexOf('/');
        Set<String> query = target.length == 1 || target[1].isEmpty() ? Set.of()
                : Arrays.stream(target[1].split("&")).map(each -> each.split("=", 2)[0]).collect(Collectors.toSet());
        return new Ask(words[0], slash < 0 || slash == path.length() - 1 ? null : path, query);
    }

    Kind kind() {
        if (object == null) {
            return method.equals("GET") && query.contains("list-type") ? Kind.LIST : Kind.OTHER;
        }
        boolean whole = query.isEmpty() || query.equals(Set.of("versionId"));
        return switch (method) {
            case "GET" -> whole ? Kind.READ : Kind.OTHER;
            case "HEAD" -> Kind.LOOK;
            case "PUT" -> whole ? Kind.PUT : Kind.OTHER;
            case "DELETE" -> whole ? Kind.DELETE : Kind.OTHER;
            case "POST" -> query.contains("restore") ? Kind.RETRIEVE : query.contains("uploads") ? Kind.BEGIN : query.contains("uploadId") ? Kind.JOIN : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }
}
