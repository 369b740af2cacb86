namespace Relecloud.Sources.Catalogue;

/// <summary>The price list's text.</summary>
internal static class CategoryData
{
    private static readonly Meter Requests = new("requests", "count");
    private static readonly Meter Egress = new("network_egress", "GB");
    private static readonly Meter Errors = new("errors", "count");
    private static readonly Meter Memory = new("memory_time", "GB-hour");

    public static IEnumerable<Category> Create()
    {
        BillingKind vcpu = new("vcpu_time", "vcpu-hour", "vcpu-second", 6, 0.041m);
        BillingKind stored = new("stored", "GB-day", "MB-day", 180, 0.0011m);
        BillingKind moved = new("data_processed", "GB", "MB", 9, 0.052m);
        BillingKind calls = new("operations", "thousand", "count", 40, 0.0042m, Whole: true);
        BillingKind time = new("instance_time", "instance-hour", "instance-minute", 4, 0.118m);
        BillingKind seats = new("active_seats", "seat-day", "seat-hour", 3, 0.62m, Whole: true);
        BillingKind tokens = new("tokens", "million", "thousand", 0.8, 1.35m);
        return
        [
            Make("Compute", [vcpu, time], [Memory, Egress],
                "Virtual Machines|Spot Machines|Scale Sets|Dedicated Hosts|Batch Jobs|Functions|Container Instances|"
                + "Container Clusters|App Hosting|GPU Machines|Bare Metal|Edge Compute|Job Scheduler"),
            Make("Storage", [stored], [Requests, Egress],
                "Object Storage|Cold Archive|File Shares|Block Disks|Fast Disks|Backup Vault|Disk Snapshots|"
                + "Sync Gateway|Data Transfer Box|Media Store|Static Sites|Artifact Store|Storage Mover"),
            Make("Databases", [time, stored], [Requests, Errors],
                "Managed PostgreSQL|Managed MySQL|Document Database|Key-Value Store|Graph Database|Time Series Store|"
                + "In-Memory Cache|Wide Column Store|Ledger Database|Database Migration|Search Index|Vector Index|"
                + "Embedded Sync", 1.15),
            Make("Networking", [moved, time], [Requests, Errors],
                "Load Balancer|Virtual Network|Public Addresses|DNS Zones|Content Delivery|VPN Gateway|Private Link|"
                + "Web Firewall|Transit Hub|Traffic Manager|Direct Connect|Network Watch|Bandwidth"),
            Make("Analytics", [vcpu, moved], [Memory, Requests],
                "Data Warehouse|Lake Query|Stream Analytics|Notebook Workspace|Dashboards|Data Catalogue|Pipelines|"
                + "Spark Clusters|Log Analytics|Event Store|Geo Analytics|Report Server|Metrics Explorer", 1.5),
            Make("Artificial intelligence", [tokens, vcpu], [Requests, Errors],
                "Model Training|Model Endpoints|Language Models|Speech to Text|Text to Speech|Image Analysis|"
                + "Document Reader|Translation|Forecasting|Anomaly Finder|Personal Ranking|Labelling|Agents Runtime"),
            Make("Integration", [calls], [Egress, Errors],
                "Message Queues|Event Streams|Event Router|API Gateway|Workflow Engine|Managed File Transfer|"
                + "Service Bus|Webhooks|Schema Registry|Partner Exchange|Connector Hub|Task Queues"),
            Make("Security", [calls, seats], [Requests, Errors],
                "Key Vault|Identity Directory|Secrets Rotation|Threat Detection|Certificate Service|Access Reviews|"
                + "Confidential Compute|Security Posture|DDoS Shield|Hardware Keys|Audit Vault|Policy Engine"),
            Make("Operations", [moved, calls], [Requests, Errors],
                "Monitoring|Alerting|Log Store|Tracing|Automation|Update Manager|Cost Explorer|Resource Graph|"
                + "Chaos Testing|Incident Desk|Configuration|Remote Shell"),
            Make("Developer tools", [seats, time], [Requests, Memory],
                "Source Repositories|Build Agents|Package Feeds|Container Registry|Test Plans|Feature Flags|"
                + "Cloud Shells|Code Spaces|Load Testing|App Insights|Dev Boxes|Release Boards"),
            Make("Internet of things", [calls, moved], [Egress, Errors],
                "Device Hub|Device Twins|Edge Modules|Firmware Updates|Sensor Ingest|Location Tracking|"
                + "Fleet Manager|Digital Twins|Plant Historian|Meter Reading|Radio Network|Device Certificates"),
            Make("Communication", [calls, seats], [Requests, Errors],
                "Email Delivery|Text Messages|Voice Calls|Video Rooms|Push Notifications|Chat Service|Call Centre|"
                + "Meeting Recorder|Number Management|Verification Codes|Newsletter Sender|Translation Captions"),
        ];
    }

    private static Category Make(
        string name, BillingKind[] kinds, Meter[] others, string services, double monthEnd = 1) => new()
        {
            Name = name,
            Kinds = kinds,
            OtherMeters = others,
            ServiceNames = services.Split('|'),
            MonthEndFactor = monthEnd,
        };
}
