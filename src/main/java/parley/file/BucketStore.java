package parley.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import parley.settings.FileSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The bytes of files as objects of a bucket. The id of a file is the key of its object. */
final class BucketStore implements FileStore, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String BYTES = "application/octet-stream";

    private final S3Client client;
    private final String bucket;

    BucketStore(FileSettings.Bucket settings) {
        bucket = settings.name();
        S3ClientBuilder builder = S3Client.builder().region(Region.of(settings.region())).credentialsProvider(credentials(settings))
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(settings.checksums() ? RequestChecksumCalculation.WHEN_SUPPORTED
                        : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClient(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER).build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        client = builder.build();
    }

    private static AwsCredentialsProvider credentials(FileSettings.Bucket settings) {
        return settings.accessKey().isEmpty() ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }

    @Override
    public void put(String id, long size, Source source) throws IOException {
        talk(() -> client.putObject(request -> request.bucket(bucket).key(id), RequestBody.fromContentProvider(() -> {
            try {
                return source.open();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }, size, BYTES)));
    }

    @Override
    public InputStream open(String id, long from, long length) throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        return talk(() -> client.getObject(request -> request.bucket(bucket).key(id)
                .range("bytes=" + from + "-" + (from + length - 1))));
    }

    @Override
    public void delete(String id) throws IOException {
        talk(() -> client.deleteObject(request -> request.bucket(bucket).key(id)));
    }

    @Override
    public void close() {
        client.close();
    }

    private interface Call<R> {
        R make();
    }

    private static <R> R talk(Call<R> call) throws IOException {
        try {
            return call.make();
        } catch (SdkException | UncheckedIOException failed) {
            throw new IOException("The bucket can't be used: " + failed.getMessage(), failed);
        }
    }
}
