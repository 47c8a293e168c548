package org.azekura.packages;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** The one form of CMS that a package has. Who reads makes it again, so that nothing in it goes unlooked at. */
final class CmsForm {

    private static final int MAX_CERTIFICATES = 8;

    private CmsForm() {}

    /** Signs; certificates from the signer's on. */
    static byte[] make(byte[] content, List<X509Certificate> chain, ContentSigner signer) throws CMSException, OperatorCreationException, IOException,
            CertificateException {
        ESSCertIDv2[] named = new ESSCertIDv2[chain.size()];
        for (int i = 0; i < named.length; i++) {
            named[i] = new ESSCertIDv2(Digests.sha256().digest(chain.get(i).getEncoded()));
        }
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .setSignedAttributeGenerator(parameters -> attributes(parameters, named)).build(signer, chain.getFirst()));
        generator.addCertificates(new JcaCertStore(chain));
        return generator.generate(new CMSProcessableByteArray(content), false).toASN1Structure().getEncoded(ASN1Encoding.DER);
    }

    /**
     * With the hashes of all certificates: a certificate has bits that its own signature does not cover. Without a time: nobody would vouch for
     * it.
     */
    private static AttributeTable attributes(Map<?, ?> parameters, ESSCertIDv2[] named) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(attribute(CMSAttributes.contentType, (ASN1ObjectIdentifier) parameters.get(CMSAttributeTableGenerator.CONTENT_TYPE)));
        all.add(attribute(CMSAttributes.messageDigest, new DEROctetString((byte[]) parameters.get(CMSAttributeTableGenerator.DIGEST))));
        all.add(attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new SigningCertificateV2(named)));
        return new AttributeTable(all);
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }

    /** The name of the algorithm by which this key signs. */
    static String algorithm(PublicKey key) throws Flaw {
        String kind = key instanceof EdECKey curve ? curve.getParams().getName() : key.getAlgorithm();
        return switch (kind) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "Ed25519" -> "Ed25519";
            default -> throw new Flaw("its publisher's key is of the kind " + kind + ", and known are EC, RSA and Ed25519");
        };
    }

    /**
     * Verifies that one of the certificates in there has signed this.
     *
     * @return the certificates, from the signer's on
     */
    static PublisherChain read(byte[] signature, byte[] content) throws Flaw {
        try {
            CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(content), signature);
            Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
            Collection<X509CertificateHolder> certificates = signed.getCertificates().getMatches(null);
            if (signers.size() != 1 || certificates.isEmpty() || certificates.size() > MAX_CERTIFICATES) {
                throw new Flaw("its signature has " + signers.size() + " signers and " + certificates.size() + " certificates; one has signed, and 1 to "
                        + MAX_CERTIFICATES + " lead to somebody who is trusted");
            }
            SignerInformation signer = signers.iterator().next();
            PublisherChain chain = PublisherChain.order(certificates(certificates), signer.getSID().getIssuer(), signer.getSID().getSerialNumber());
            PublicKey key = chain.publisher().getPublicKey();
            String algorithm = algorithm(key);
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(key))) {
                throw tampered();
            }
            if (!Arrays.equals(signature, make(content, chain.certificates(), again(algorithm, signer.getSignature())))) {
                throw new Flaw("it was tampered with: its signature is not in the form in which signatures are made");
            }
            return chain;
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw tampered();
        } catch (RuntimeException e) {
            // The reader of ASN.1 has no other way to say that something is not what it should be.
            throw new Flaw("it was tampered with: its signature can't be read");
        }
    }

    private static Flaw tampered() {
        return new Flaw("it was tampered with: its signature is not one of its list of entries");
    }

    private static List<X509Certificate> certificates(Collection<X509CertificateHolder> holders) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (X509CertificateHolder holder : holders) {
            certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
        return certificates;
    }

    /** Gives the signature that was made before. */
    private static ContentSigner again(String algorithm, byte[] signature) {
        AlgorithmIdentifier identifier = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return identifier;
            }

            @Override
            public OutputStream getOutputStream() {
                return OutputStream.nullOutputStream();
            }

            @Override
            public byte[] getSignature() {
                return signature;
            }
        };
    }
}
