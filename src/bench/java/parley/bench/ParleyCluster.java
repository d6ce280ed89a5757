package parley.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.server.Instance;
import parley.server.LiveHeap;
import parley.server.MeasuredCluster;

/** Several instances of Parley in a deployment group, with one broker and one real PostgreSQL that writes through to the disk. */
final class ParleyCluster implements AutoCloseable {

    private final MeasuredCluster cluster;
    private final List<Instance> instances;
    private final Issuer issuer;
    private final ParleyHttp http;
    private final List<CpuQuota> quotas = new ArrayList<>();

    private ParleyCluster(MeasuredCluster cluster) {
        this.cluster = cluster;
        this.instances = cluster.instances();
        this.issuer = new Issuer(cluster.issuersKey());
        this.http = new ParleyHttp(instances.getFirst().base());
    }

    /** On the cores that this JVM may use. */
    static ParleyCluster start(int instances) {
        return new ParleyCluster(MeasuredCluster.start(instances, Say::progress));
    }

    /** All instances, the guests of each room spread evenly over them. */
    Subject all() {
        return new Part(instances.size() + " instances", instances);
    }

    /** The first one, where all guests are. */
    Subject first() {
        return new Part("1 instance", instances.subList(0, 1));
    }

    /** Keeps each instance to so many cores, or a part of one; answers whether that can be done here. */
    boolean limitEach(double cores) {
        List<CpuQuota> these = instances.stream().map(instance -> CpuQuota.keep(instance.process(), cores)).flatMap(Optional::stream).toList();
        quotas.addAll(these);
        return these.size() == instances.size();
    }

    /** Lets each instance have what it gets again. */
    void limitNone() {
        quotas.forEach(CpuQuota::lift);
    }

    /** Stops all but the first. */
    void leaveTheFirst() {
        instances.stream().skip(1).forEach(Instance::stop);
    }

    /** Those of its instances that guests come to. Whoever measures them closes the cluster, not them. */
    private final class Part implements Subject {

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
        public boolean hasItsCore() {
            return false;
        }

        @Override
        public long memory() {
            return processes().stream().mapToLong(LiveHeap::bytes).sum();
        }

        @Override
        public String kindOfMemory() {
            return "heap";
        }

        @Override
        public String token(String user) {
            return issuer.token(user);
        }

        @Override
        public void open(String room, String owner) {
            http.open(room, issuer.token(owner));
        }

        @Override
        public void close() {
            // The cluster's.
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
