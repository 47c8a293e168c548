package org.azekura.engine.chunk;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** Derives keys from keys: HKDF-SHA-256 without salt (RFC 5869). */
public final class Hkdf {

    private Hkdf() {}

    /**
     * @param secret uniformly random
     * @param info   what the derived key is for
     * @param length bytes wanted, at most 8160
     */
    public static byte[] derive(byte[] secret, byte[] info, int length) {
        AlgorithmParameterSpec parameters = HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, length);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }
}
