package org.azekura.driver.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.azekura.api.BackupException;
import org.azekura.api.device.Meter;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The client of the SDK as this driver wants it. What it opens ends with {@link #close}; it starts no thread by itself. */
final class Connection implements AutoCloseable {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final S3Client client;

    /** @throws BackupException {@code setting.ca} if the file of certificates will not do */
    Connection(Setup setup, Meter meter) throws BackupException {
        TrustManager[] trusted = setup.ca() == null ? null : trusted(setup.ca());
        // The SDK looks for parts of itself by the thread's loader first, and that is not this bundle's.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(S3Client.class.getClassLoader());
        try {
            http = http(trusted);
            credentials = credentials(setup);
            client = client(setup, meter);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    S3Client client() {
        return client;
    }

    private static SdkHttpClient http(TrustManager[] trusted) {
        UrlConnectionHttpClient.Builder builder = UrlConnectionHttpClient.builder().connectionTimeout(TO_CONNECT).socketTimeout(SILENCE);
        return (trusted == null ? builder : builder.tlsTrustManagersProvider(() -> trusted)).build();
    }

    private static AwsCredentialsProvider credentials(Setup setup) {
        return switch (setup.login()) {
            case Setup.Login.Keys keys -> StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.key(), keys.secret()));
            case Setup.Login.Environment e -> EnvironmentVariableCredentialsProvider.create();
            case Setup.Login.Machine m -> AwsCredentialsProviderChain.of(ContainerCredentialsProvider.create(), InstanceProfileCredentialsProvider.create());
        };
    }

    /** Checksums are made by the writer, of what it holds. Chunked requests are not understood by every service; profiles in somebody's home are not asked for. */
    private S3Client client(Setup setup, Meter meter) {
        Pace requests = new Pace(setup.limits().requests());
        S3ClientBuilder builder = S3Client.builder().httpClient(http).credentialsProvider(credentials).region(Region.of(setup.region()))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED).responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(setup.pathStyle())
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .overrideConfiguration(all -> all.retryStrategy(RetryMode.STANDARD).defaultProfileFile(ProfileFile.aggregator().build())
                        .addExecutionInterceptor(new PacedRequests(requests, meter)));
        if (setup.endpoint() != null) {
            builder.endpointOverride(setup.endpoint());
        }
        return builder.build();
    }

    private static TrustManager[] trusted(Path file) throws BackupException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw Setup.refused("ca", file.toString(), "there is no certificate in it; give a PEM file");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw Setup.refused("ca", file.toString(), "it cannot be read as a PEM file of certificates: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
        http.close();
        if (credentials instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
