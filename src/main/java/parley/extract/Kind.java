package parley.extract;

import java.io.IOException;

/** How the text of a file is found. */
public enum Kind {
    /** The file is text. */
    TEXT {
        @Override
        void read(byte[] file, BoundedText into) throws IOException {
            PlainText.read(file, into);
        }
    },
    /** PDF. */
    PDF {
        @Override
        void read(byte[] file, BoundedText into) throws IOException {
            PdfText.read(file, into);
        }
    },
    /** Office and OpenDocument: XML in a ZIP archive. */
    OFFICE {
        @Override
        void read(byte[] file, BoundedText into) throws IOException {
            OfficeText.read(file, into);
        }
    };

    /** Adds the text of a file, and throws a {@link Refused} or another exception if it can't be read to the end. */
    abstract void read(byte[] file, BoundedText into) throws IOException;

    /** The text of a file goes into {@code into}. Nothing is in it unless the outcome is {@link Outcome#FOUND}. */
    Outcome find(byte[] file, BoundedText into) {
        Outcome outcome = attempt(file, into);
        if (outcome != Outcome.FOUND) {
            into.clear();
        }
        return outcome;
    }

    private Outcome attempt(byte[] file, BoundedText into) {
        try {
            read(file, into);
        } catch (BoundedText.Full full) {
            return Outcome.FOUND;
        } catch (Refused refused) {
            return refused.outcome();
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            // A library fails with exceptions of many kinds on a file that is not as its format says.
            return Outcome.MALFORMED;
        }
        return into.text().isEmpty() ? Outcome.NONE : Outcome.FOUND;
    }
}
