package parley.export;

import parley.protocol.Sha256;

/**
 * A complete file of an export.
 *
 * @param place orders the files
 * @param path in the archive: ASCII without a text that people wrote
 * @param crc CRC-32, for the archive
 * @param sha256 in hexadecimal digits
 * @param start of its header in the archive; 0 until the manifest was written
 */
record ExportedFile(int place, String path, long bytes, long crc, String sha256, long start) {

    /** The begin of the chain. */
    static final String FIRST_CHAIN = Sha256.hex("parley-export-1");

    /** The next element of the hash chain over the files. */
    String chain(String before) {
        return Sha256.hex(before + " " + sha256 + " " + bytes + " " + path + "\n");
    }

    ExportedFile at(long begin) {
        return new ExportedFile(place, path, bytes, crc, sha256, begin);
    }
}
