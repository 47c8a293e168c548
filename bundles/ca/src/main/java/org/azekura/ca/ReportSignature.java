package org.azekura.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * A detached CMS signature of a report. Each has a key of its own that is forgotten when it is made, and a certificate for this alone: nobody can sign another report
 * with it, no host's key signs a report, and programs that check mail check it as it is.
 */
final class ReportSignature {

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private ReportSignature() {}

    /** PEM. */
    static String of(byte[] report, AuthorityFile.Entry authority, BigInteger serial, Instant since) throws BackupException {
        try {
            KeyPair pair = HostKeys.generate();
            X509Certificate signer = certificate(pair, authority, serial, since);
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .build(new JcaContentSignerBuilder(ALGORITHM).build(pair.getPrivate()), signer));
            generator.addCertificates(new JcaCertStore(List.of(signer, authority.certificate())));
            byte[] der = generator.generate(new CMSProcessableByteArray(report), false).toASN1Structure().getEncoded(ASN1Encoding.DER);
            return "-----BEGIN CMS-----\n" + new String(LINES.encode(der), StandardCharsets.US_ASCII) + "\n-----END CMS-----\n";
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw BackupException.bug("certificate authority", e);
        }
    }

    private static X509Certificate certificate(KeyPair pair, AuthorityFile.Entry authority, BigInteger serial, Instant since)
            throws OperatorCreationException, GeneralSecurityException, IOException {
        X509Certificate own = authority.certificate();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(own, serial, Date.from(since), own.getNotAfter(), HomeAuthority.name("Azekura reports"),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
        builder.addExtension(Extension.authorityKeyIdentifier, false, new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(own.getPublicKey()));
        builder.addExtension(Extension.subjectAlternativeName, false,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, Identity.uri(CertificateAuthority.REPORT))));
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM).build(authority.key())));
    }
}
