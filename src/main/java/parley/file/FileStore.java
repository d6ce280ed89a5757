package parley.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the bytes of files are. Each call waits for the store, and fails with an {@link IOException} or an unchecked exception if it can't
 * be reached. Safe for every thread.
 */
public interface FileStore {

    /** Bytes that can be read more than once. */
    interface Source {
        /** The bytes from the beginning. The caller closes the stream. */
        InputStream open() throws IOException;
    }

    /** Stores a file. A file that is there already is replaced. */
    void put(String id, long size, Source source) throws IOException;

    /**
     * The bytes of a range, read while the stream is read. The caller closes the stream. An {@link IOException} if the file is not there.
     *
     * @param from at most the size of the file
     */
    InputStream open(String id, long from, long length) throws IOException;

    /** Deletes a file. Does nothing if it is not there. */
    void delete(String id) throws IOException;
}
