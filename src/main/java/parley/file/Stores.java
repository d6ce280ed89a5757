package parley.file;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import parley.settings.Settings;

/** The store of each file: new files go to the bucket if there is one, and files that are in the database stay there. */
@ApplicationScoped
class Stores {

    private FileStore database;
    private Optional<BucketStore> bucket = Optional.empty();

    /** For the container's proxy. */
    protected Stores() {
    }

    @Inject
    Stores(Settings settings, OwnTransaction transactions) {
        database = new DatabaseStore(transactions);
        bucket = settings.files().bucket().map(BucketStore::new);
    }

    /** For tests. */
    Stores(FileStore database) {
        this.database = database;
    }

    /** The bucket; empty if new files stay in the database. */
    Optional<FileStore> bucket() {
        return bucket.map(FileStore.class::cast);
    }

    /** The bytes of a range of this file. The caller closes the stream. */
    InputStream open(StoredFile file, long from, long length) throws IOException {
        FileStore store = database;
        if (file.inBucket()) {
            store = bucket().orElseThrow(() -> new IOException("The file is in a bucket, and the settings name none"));
        }
        return store.open(file.id(), from, length);
    }

    @PreDestroy
    void close() {
        bucket.ifPresent(BucketStore::close);
    }
}
