package parley.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.server.BenchmarkCluster;
import parley.server.Instance;
import parley.server.Jcmd;

/** A deployment group of Parley with one broker and one PostgreSQL with durable commits. */
final class ParleyCluster implements AutoCloseable {

    private final BenchmarkCluster cluster;
    private final List<Instance> instances;
    private final TokenIssuer issuer;
    private final ParleyHttp http;
    private final List<CpuQuota> quotas = new ArrayList<>();

    private ParleyCluster(BenchmarkCluster cluster) {
        this.cluster = cluster;
        this.instances = cluster.instances();
        this.issuer = new TokenIssuer(cluster.issuerKey());
        this.http = new ParleyHttp(instances.getFirst().base());
    }

    /** Starts the cluster with the CPU affinity of this JVM. */
    static ParleyCluster start(int instances) {
        return new ParleyCluster(BenchmarkCluster.start(instances, Console::progress));
    }

    /** All instances; the clients of each room are distributed evenly. */
    ServerUnderTest all() {
        return new Part(instances.size() + " instances", instances);
    }

    /** Only the first instance, with all clients. */
    ServerUnderTest first() {
        return new Part("1 instance", instances.subList(0, 1));
    }

    /** Limits each instance to this many cores, which may be a fraction; whether that is possible here. */
    boolean limitEach(double cores) {
        List<CpuQuota> applied = instances.stream().map(instance -> CpuQuota.limit(instance.process(), cores)).flatMap(Optional::stream)
                .toList();
        quotas.addAll(applied);
        return applied.size() == instances.size();
    }

    /** Removes the limits. */
    void removeLimits() {
        quotas.forEach(CpuQuota::lift);
    }

    /** The values of a metric on each instance. */
    List<Double> metric(String name) {
        return instances.stream().map(instance -> new ParleyHttp(instance.base()).metric(name)).toList();
    }

    /** Stops all instances but the first. */
    void stopAllButFirst() {
        instances.stream().skip(1).forEach(Instance::stop);
    }

    /** A view of some instances. Closing it does nothing; close the cluster instead. */
    private final class Part implements ServerUnderTest {

        private final String name;
        private final List<Instance> members;

        Part(String name, List<Instance> members) {
            this.name = name;
            this.members = members;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public InetSocketAddress address() {
            return addresses().getFirst();
        }

        @Override
        public List<InetSocketAddress> addresses() {
            return members.stream().map(instance -> new InetSocketAddress("127.0.0.1", instance.base().getPort())).toList();
        }

        @Override
        public Dialect dialect() {
            return new ParleyDialect();
        }

        @Override
        public ProcessHandle process() {
            return processes().getFirst();
        }

        @Override
        public List<ProcessHandle> processes() {
            return members.stream().map(Instance::process).toList();
        }

        @Override
        public boolean hasOwnCore() {
            return false;
        }

        @Override
        public long memory() {
            return processes().stream().mapToLong(Jcmd::liveBytes).sum();
        }

        @Override
        public String memoryKind() {
            return "heap";
        }

        @Override
        public String token(String user) {
            return issuer.token(user);
        }

        @Override
        public void createRoom(String room, String owner) {
            http.createRoom(room, issuer.token(owner));
        }

        @Override
        public void close() {
            // The cluster closes the instances.
        }
    }

    @Override
    public void close() {
        try {
            cluster.close();
        } finally {
            quotas.forEach(CpuQuota::close);
        }
    }
}
