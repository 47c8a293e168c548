package org.azekura.packages;

import java.io.IOException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * ECDSA whose secret number comes of the key and the content (RFC 6979): the same package has the same bytes however often it is made, and with it the root of an
 * image. Who verifies sees no difference. The runtime's own signer takes another number each time; RSA and Ed25519 never did.
 */
final class RepeatableSigner extends BcECContentSignerBuilder {

    private RepeatableSigner(AlgorithmIdentifier signature, AlgorithmIdentifier digest) {
        super(signature, digest);
    }

    /** @param algorithm with SHA-256 */
    static ContentSigner of(String algorithm, PrivateKey key) throws OperatorCreationException, IOException {
        AlgorithmIdentifier signature = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
        return new RepeatableSigner(signature, new DefaultDigestAlgorithmIdentifierFinder().find(signature)).build(PrivateKeyFactory.createKey(key.getEncoded()));
    }

    @Override
    protected Signer createSigner(AlgorithmIdentifier signature, AlgorithmIdentifier digest) {
        return new DSADigestSigner(new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())), new SHA256Digest());
    }
}
