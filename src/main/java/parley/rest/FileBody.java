package parley.rest;

import parley.file.StoredFile;

/**
 * A file as its owner sees it.
 *
 * @param sha256 of the stored bytes, which for a picture are without metadata
 * @param scanning true while it waits for the virus scanner, absent otherwise
 */
record FileBody(String id, String name, String type, long size, String sha256, Integer width, Integer height, Boolean thumbnail,
                Boolean scanning) {

    static FileBody of(StoredFile file) {
        boolean shown = file.width() > 0;
        return new FileBody(file.id(), file.name(), file.type(), file.size(), file.sha256(), shown ? file.width() : null,
                shown ? file.height() : null, file.thumbnail() ? true : null, file.state() == StoredFile.State.READY ? null : true);
    }
}
