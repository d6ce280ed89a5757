package parley.ops;

/**
 * Threads that live longer than the application and know its class loader: a pool of the server's that grew while one of our threads
 * handed it work, or the timer of the JDK's futures. Each would keep the whole application in memory after an undeployment.
 */
final class ServerThreads {

    private ServerThreads() {
    }

    /** Has every thread but this one and our own forget this class loader; ours end by themselves. */
    static void forget(ClassLoader application) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean own = thread == Thread.currentThread() || thread.getName().startsWith("parley-");
            if (!own && thread.getContextClassLoader() == application) {
                thread.setContextClassLoader(application.getParent());
            }
        }
    }
}
