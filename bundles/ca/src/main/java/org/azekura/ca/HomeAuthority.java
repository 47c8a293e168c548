package org.azekura.ca;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The authority of a home. Certificates are for P-256 or longer, signed with ECDSA and SHA-256. */
final class HomeAuthority implements CertificateAuthority {

    private static final int YEARS = 20;
    private static final int SERIAL_BITS = 128;
    /** Clocks of hosts may be behind. */
    private static final Duration BEHIND = Duration.ofHours(1);
    /** A life shorter than the hour would otherwise be over two thirds when it begins. */
    private static final int SHORT = 10;
    private static final String COMMON_NAME = "Azekura authority ";

    private final AuthorityFile.Entry own;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private HomeAuthority(AuthorityFile.Entry own, InstantSource clock) {
        this.own = own;
        this.clock = clock;
    }

    /**
     * Reads the authority of a home, or makes it if there is none.
     *
     * @throws BackupException {@code ca.corrupt} if there is one that can't be read: another would be trusted by no host; {@code ca.file}
     */
    static HomeAuthority open(Path home, InstantSource clock) throws BackupException {
        AuthorityFile file = new AuthorityFile(home.resolve("ca").resolve("ca.p12"));
        AuthorityFile.Entry known = file.read().orElse(null);
        if (known == null) {
            known = make(clock.instant());
            file.write(known);
        }
        return new HomeAuthority(known, clock);
    }

    private static AuthorityFile.Entry make(Instant now) throws BackupException {
        KeyPair pair = HostKeys.generate();
        SecureRandom random = new SecureRandom();
        // two appliances must not be mistaken for each other
        X500Name self = name(COMMON_NAME + new BigInteger(32, random).setBit(32).toString(16).substring(1));
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(self, serial(random), Date.from(now.minus(BEHIND)),
                    Date.from(now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant()), self, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new AuthorityFile.Entry(pair.getPrivate(), sign(builder, pair.getPrivate()));
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
            throw BackupException.bug("certificate authority", e);
        }
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key) throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }

    /** The highest bit is set: all are of one length, and none is zero. */
    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    @Override
    public X509Certificate certificate() {
        return own.certificate();
    }

    @Override
    public X509Certificate issue(PublicKey key, Set<String> names, Instant until) throws BackupException {
        return issue(key, names, clock.instant(), until);
    }

    @Override
    public X509Certificate issue(PublicKey key, Set<String> names, Instant now, Instant until) throws BackupException {
        if (!HostKeys.isStrong(key)) {
            throw BackupException.operator("identity.key", key.getAlgorithm(), "a certificate is made for a key of an elliptic curve of 256 bits or more, not"
                    + " for this one of algorithm " + key.getAlgorithm());
        }
        if (names.isEmpty() || !until.isAfter(now) || until.isAfter(own.certificate().getNotAfter().toInstant())) {
            throw new IllegalArgumentException("a certificate has names and ends after now and not after " + own.certificate().getNotAfter()
                    + "; not " + names + " until " + until);
        }
        Duration before = Duration.between(now, until).dividedBy(SHORT);
        Instant since = now.minus(before.compareTo(BEHIND) < 0 ? before : BEHIND);
        try {
            return sign(host(key, new TreeSet<>(names), since, until), own.key());
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
            throw BackupException.bug("certificate authority", e);
        }
    }

    @Override
    public String sign(byte[] report) throws BackupException {
        return ReportSignature.of(report, own, serial(random), clock.instant().minus(BEHIND));
    }

    private JcaX509v3CertificateBuilder host(PublicKey key, TreeSet<String> names, Instant since, Instant until)
            throws CertIOException, GeneralSecurityException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(own.certificate(), serial(random), Date.from(since), Date.from(until),
                name(names.first()), key);
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false,
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
        builder.addExtension(Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(own.certificate().getPublicKey()));
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names.stream()
                .map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, Identity.uri(name))).toArray(GeneralName[]::new)));
        return builder;
    }
}
