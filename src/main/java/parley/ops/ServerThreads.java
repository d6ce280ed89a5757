package parley.ops;

/**
 * Threads that outlive the application but inherited its context class loader, such as pool threads of the server that one of our threads
 * caused to start, or the JDK's timer thread for futures. Each would keep the application's classes in memory after undeployment.
 */
final class ServerThreads {

    private ServerThreads() {
    }

    /** Replaces this class loader with its parent on all threads except the current one and our own, which are about to end. */
    static void release(ClassLoader application) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean own = thread.equals(Thread.currentThread()) || thread.getName().startsWith("parley-");
            if (!own && application.equals(thread.getContextClassLoader())) {
                thread.setContextClassLoader(application.getParent());
            }
        }
    }
}
