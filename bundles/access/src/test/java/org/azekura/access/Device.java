package org.azekura.access;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.azekura.api.access.Passkeys;

/** A device with one passkey, and the browser before it; each test says what it lies about. */
final class Device {

    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int NEW_KEY = 0x40;

    final byte[] credential;
    private final KeyPair keys;
    String origin = "https://vault.example:8443";
    String host = "vault.example";
    boolean verifies = true;
    int counter;

    Device(int number) throws Exception {
        credential = ByteBuffer.allocate(16).putInt(number).array();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    Passkeys.Creation create(byte[] challenge) {
        ByteArrayOutputStream data = data(NEW_KEY);
        data.writeBytes(new byte[16]);
        data.writeBytes(ByteBuffer.allocate(2).putShort((short) credential.length).array());
        data.writeBytes(credential);
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        data.writeBytes(HexFormat.of().parseHex("a501020326200121" + "5820" + hex(key.getW().getAffineX()) + "22" + "5820" + hex(key.getW().getAffineY())));
        ByteArrayOutputStream attestation = new ByteArrayOutputStream();
        // {"fmt": "none", "attStmt": {}, "authData": ...}
        attestation.writeBytes(HexFormat.of().parseHex("a363666d74646e6f6e656761747453746d74a068617574684461746158" + "%02x".formatted(data.size())));
        attestation.writeBytes(data.toByteArray());
        return new Passkeys.Creation(client("webauthn.create", challenge), attestation.toByteArray());
    }

    Passkeys.Signature sign(byte[] challenge, byte[] user) throws Exception {
        counter++;
        byte[] data = data(0).toByteArray();
        byte[] client = client("webauthn.get", challenge);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(data);
        signature.update(Secrets.sha256().digest(client));
        return new Passkeys.Signature(credential, client, data, signature.sign(), user);
    }

    private ByteArrayOutputStream data(int more) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(Secrets.sha256().digest(host.getBytes(StandardCharsets.UTF_8)));
        data.write(PRESENT | (verifies ? VERIFIED : 0) | more);
        data.writeBytes(ByteBuffer.allocate(4).putInt(counter).array());
        return data;
    }

    private byte[] client(String type, byte[] challenge) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}".formatted(type,
                Base64.getUrlEncoder().withoutPadding().encodeToString(challenge), origin).getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(BigInteger number) {
        return "%064x".formatted(number);
    }
}
