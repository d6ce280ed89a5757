package parley.hub;

/** Which build this is. */
final class Build {

    private Build() {
    }

    /** The version, or {@code unknown} outside of a packaged build. */
    static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
