package org.azekura.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.HookName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Position;

/** Records of any type, filled with random values. Never null. */
final class RandomRecords {

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    Object any(Type type) {
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(any(p.getActualTypeArguments()[0]));
            }
            return list;
        }
        if (type instanceof ParameterizedType p && p.getRawType() == Map.class) {
            return new TreeMap<>(Map.of("path", text(), "größe", text()));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        }
        Object scalar = scalar(plain);
        return scalar != null ? scalar : record(plain);
    }

    private Object scalar(Class<?> type) {
        return switch (type.getName()) {
            case "int", "java.lang.Integer" -> random.nextInt() >> random.nextInt(32);
            case "long", "java.lang.Long" -> random.nextLong() >> random.nextInt(64);
            case "boolean" -> random.nextBoolean();
            case "java.lang.String" -> text();
            case "java.time.Instant" -> Instant.ofEpochSecond(random.nextLong() >> 20, random.nextInt(1_000_000_000));
            case "[B" -> bytes();
            case "org.azekura.api.RawPath" -> new RawPath(bytes());
            case "org.azekura.api.JobId" -> new JobId(1 + random.nextInt(1000));
            case "org.azekura.api.PoolName" -> new PoolName("pool" + random.nextInt(9));
            case "org.azekura.api.PolicyName" -> new PolicyName("policy" + random.nextInt(9));
            case "org.azekura.api.ClientName" -> new ClientName("client" + random.nextInt(9));
            case "org.azekura.api.HookName" -> new HookName("hook" + random.nextInt(9));
            case "org.azekura.api.NodeName" -> new NodeName("node" + random.nextInt(9));
            case "org.azekura.api.device.Barcode" -> new Barcode("A0000" + random.nextInt(9) + "L8");
            case "org.azekura.api.device.Position" -> new Position(random.nextLong() >>> 1, "token" + random.nextInt(9));
            case "org.azekura.api.DeviceName" -> new DeviceName("device" + random.nextInt(9));
            case "org.azekura.api.SaveSetName" -> new SaveSetName("set" + random.nextInt(9));
            case "org.azekura.api.Endpoint" -> new Endpoint("local", text());
            case "org.azekura.api.ChunkSizes" -> ChunkSizes.DEFAULT;
            default -> null;
        };
    }

    private Object record(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new));
            return canonical.newInstance(Arrays.stream(parts).map(p -> any(p.getGenericType())).toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " cannot be made", e);
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        return random.ints(random.nextInt(20), 0, 0xd7ff).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
