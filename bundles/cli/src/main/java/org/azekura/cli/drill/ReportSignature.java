package org.azekura.cli.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.Identity;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What an appliance signs a report with, read and held against it. */
final class ReportSignature {

    private static final String BEGIN = "-----BEGIN CMS-----\n";
    private static final String END = "\n-----END CMS-----\n";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private ReportSignature() {}

    /**
     * Who signed.
     *
     * @param fingerprint of the authority's certificate
     * @param at          by the clock of the machine that signed
     */
    record Signer(String authority, String fingerprint, Instant at) {}

    /** @throws CommandFailure {@link Exit#REFUSED} if this is not a signature of this report, with why */
    static Signer check(String name, byte[] report, String signature) {
        try {
            byte[] der = der(name, signature);
            CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(report), der);
            List<X509Certificate> certificates = certificates(signed);
            if (signed.getSignerInfos().size() != 1 || certificates.size() != 2) {
                throw refused(name, "its signature has " + signed.getSignerInfos().size() + " signers and " + certificates.size()
                        + " certificates; that of a report has one signer, and two certificates");
            }
            SignerInformation info = signed.getSignerInfos().iterator().next();
            X509Certificate signer = certificates.stream().filter(one -> one.getSerialNumber().equals(info.getSID().getSerialNumber())).findFirst()
                    .orElseThrow(() -> refused(name, "the certificate of who signed it is not in its signature"));
            X509Certificate authority = certificates.stream().filter(one -> one != signer).findFirst().orElseThrow();
            requireIssued(name, signer, authority);
            requireForm(name, signature, info, signer, authority);
            if (!info.verify(new JcaSimpleSignerInfoVerifierBuilder().build(signer.getPublicKey()))) {
                throw refused(name, "its signature is not made with the key of who is said to have signed it");
            }
            Time at = Time.getInstance(info.getSignedAttributes().get(CMSAttributes.signingTime).getAttrValues().getObjectAt(0));
            return new Signer(authority.getSubjectX500Principal().getName(), Identity.fingerprint(authority), at.getDate().toInstant());
        } catch (CMSException e) {
            throw refused(name, e instanceof CMSSignerDigestMismatchException ? "it is not what was signed: something in it was changed"
                    : "its signature can't be read");
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw refused(name, "its signature can't be read");
        } catch (CommandFailure e) {
            throw e;
        } catch (RuntimeException e) {
            // the reader of ASN.1 has no other way to say that something is not what it should be
            throw refused(name, "its signature can't be read");
        }
    }

    private static CommandFailure refused(String name, String why) {
        return new CommandFailure(Exit.REFUSED, name + " is refused: " + why, null);
    }

    private static byte[] der(String name, String signature) {
        if (!signature.startsWith(BEGIN) || !signature.endsWith(END)) {
            throw refused(name, "the file beside it is no signature: it begins and ends with other lines");
        }
        return Base64.getMimeDecoder().decode(signature.substring(BEGIN.length(), signature.length() - END.length()));
    }

    /** Makes it again of its parts: so no byte of it goes unlooked at. */
    private static void requireForm(String name, String signature, SignerInformation info, X509Certificate signer, X509Certificate authority)
            throws CMSException, OperatorCreationException, IOException, GeneralSecurityException {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .setSignedAttributeGenerator(parameters -> info.getSignedAttributes()).build(again(info.getSignature()), signer));
        generator.addCertificates(new JcaCertStore(List.of(signer, authority)));
        // the digest comes from the attributes, whatever the content
        byte[] der = generator.generate(new CMSProcessableByteArray(new byte[0]), false).toASN1Structure().getEncoded(ASN1Encoding.DER);
        if (!signature.equals(BEGIN + new String(LINES.encode(der), StandardCharsets.US_ASCII) + END)) {
            throw refused(name, "its signature is not in the form in which signatures are made: something in it was changed");
        }
    }

    /** Gives the signature that was made before. */
    private static ContentSigner again(byte[] signature) {
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
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

    private static List<X509Certificate> certificates(CMSSignedData signed) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (X509CertificateHolder holder : signed.getCertificates().getMatches(null)) {
            certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
        return certificates;
    }

    /** Certificates of hosts are made by the same authority: they must not do. */
    private static void requireIssued(String name, X509Certificate signer, X509Certificate authority) {
        try {
            authority.verify(authority.getPublicKey());
            signer.verify(authority.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw refused(name, "the certificate of who signed it was not made by the authority that is said to have made it");
        }
        if (authority.getBasicConstraints() < 0 || !Identity.names(signer).equals(Set.of(CertificateAuthority.REPORT))) {
            throw refused(name, "who signed it, " + signer.getSubjectX500Principal().getName() + ", signs no reports");
        }
    }
}
