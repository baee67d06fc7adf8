//! Forms of text that fields of Argo and Kubernetes have: durations, schedules, names, keys. A form
//! takes what the program that reads the field takes; which field has which form is in the table of
//! field facts.

pub(crate) mod cron;
mod duration;
mod http;
mod names;
mod paths;
mod pod;
mod quantity;
pub(crate) mod time;

use super::facts::Version;

pub(crate) use quantity::{amount, is_quantity};

/// From this version on Argo's manifests come with CRDs that describe every field (Argo Workflows,
/// docs/upgrading.md), and the API server refuses what the controller would have taken.
pub(crate) const FULL_CRDS: Version = Version::new(4, 0);

/// Lists the forms: the name in the table, what takes a text, and what to give instead.
macro_rules! forms {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $takes:expr, $wanted:literal;)+) => {
        /// A form of text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Form { $($(#[doc = $doc])+ $variant,)+ }

        impl Form {
            /// Every form.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The form's name in the table of field facts.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What has the form, to be read after "give" or "use".
            pub(crate) const fn wanted(self) -> &'static str {
                match self { $(Self::$variant => $wanted,)+ }
            }

            /// Whether a text has the form.
            fn takes(self, text: &str) -> bool {
                match self { $(Self::$variant => { let takes: fn(&str) -> bool = $takes; takes(text) })+ }
            }
        }
    };
}

forms! {
    /// Go's `time.ParseDuration`.
    Duration = "duration", duration::is_duration,
        "a length of time in hours, minutes and seconds, such as `90s` or `1h30m`";
    /// Argo's `ParseStringToDuration`: a bare number is in seconds.
    DurationOrSeconds = "duration-or-seconds", duration::is_duration_or_seconds,
        "a length of time in hours, minutes and seconds, such as `90s` or `1h30m`";
    /// A schedule of a `CronWorkflow`.
    Cron = "cron", |text| cron::read(text).is_ok(),
        "five fields, such as `30 4 * * 1-5`, or a word such as `@daily`";
    /// A schedule of Argo Events, which takes no words.
    CronFields = "cron-fields", |text| cron::read_fields(text).is_ok(),
        "five fields, such as `30 4 * * 1-5`";
    /// A name of the time zone database.
    Timezone = "timezone", time::is_timezone,
        "a name of the time zone database, such as `Europe/Berlin`";
    /// A time without a date.
    TimeOfDay = "time-of-day", time::is_time_of_day,
        "hours, minutes and seconds, such as `09:00:00`";
    /// The name of a template.
    TemplateName = "template-name", names::is_template_name,
        "letters, digits and `-`, a letter or digit first, at most 128";
    /// The name of a step or a task, where tags are filled in before 4.0.
    StepName = "step-name", names::is_template_name,
        "letters, digits and `-`, a letter or digit first, at most 128";
    /// The name of a template that is referred to.
    TemplateRef = "template-ref", names::is_template_name,
        "letters, digits and `-`, a letter or digit first, at most 128";
    /// The name of a parameter.
    ParamName = "param-name", names::is_param_name, "letters, digits, `-` and `_`";
    /// The name of an artifact, or a global name.
    ArtifactName = "artifact-name", names::is_param_name, "letters, digits, `-` and `_`";
    /// The name of a metric or of its label.
    MetricName = "metric-name", names::is_metric_name,
        "letters, digits and `_`, a letter or `_` first";
    /// The name of most objects.
    Subdomain = "subdomain", names::is_subdomain,
        "lower-case letters, digits, `-` and `.`, a letter or digit first and last, at most 253";
    /// The beginning of an object's name.
    NamePrefix = "name-prefix", names::is_name_prefix,
        "lower-case letters, digits, `-` and `.`, a letter or digit first, at most 253";
    /// The name of a Namespace, a container or a volume.
    DnsLabel = "dns-label", names::is_dns_label,
        "lower-case letters, digits and `-`, a letter or digit first and last, at most 63";
    /// The name of an environment variable.
    EnvName = "env-name", names::is_env_name,
        "letters, digits, `_`, `-` and `.`, no digit first";
    /// The name of a container's port.
    PortName = "port-name", names::is_port_name,
        "lower-case letters, digits and `-`, with at least one letter, at most 15";
    /// The name of a port, where its number could be.
    Port = "port", names::is_port_name, "a port: a number from 1 to 65535, or the port's name";
    /// The number of a port, as text.
    PortNumber = "port-number", names::is_port_number, "a port: a number from 1 to 65535";
    /// A key of a `ConfigMap` or a Secret.
    DataKey = "data-key", names::is_data_key, "letters, digits, `-`, `_` and `.`, at most 253";
    /// A key of labels.
    LabelKey = "label-key", names::is_label_key,
        "a key such as `team` or `acme.example/team`: letters, digits, `-`, `_` and `.`";
    /// A value of labels.
    LabelValue = "label-value", |text| text.is_empty() || names::is_label_text(text),
        "at most 63 letters, digits, `-`, `_` and `.`, a letter or digit first and last";
    /// A key of annotations.
    AnnotationKey = "annotation-key", |text| names::is_label_key(&text.to_ascii_lowercase()),
        "a key such as `team` or `acme.example/team`: letters, digits, `-`, `_` and `.`";
    /// What a container can ask for.
    ResourceName = "resource-name", names::is_resource_name,
        "`cpu`, `memory`, `ephemeral-storage`, or a name such as `example.com/gpu`";
    /// A path below a directory.
    PathBelow = "path-below", paths::is_below, "a path without `..` that does not start with `/`";
    /// A host's address.
    IpAddress = "ip-address", |text| text.parse::<std::net::IpAddr>().is_ok(),
        "an address such as `10.0.0.7` or `fd00::7`";
    /// What an `emptyDir` lies on.
    StorageMedium = "storage-medium", pod::is_medium, "`Memory` or `HugePages`, or leave it out for the node's disk";
    /// What a container can know of its pod.
    PodField = "pod-field", pod::is_field,
        "a field such as `metadata.name`, `metadata.labels['team']`, `spec.nodeName` or `status.podIP`";
    /// What a container can know of its resources.
    ContainerResource = "container-resource", pod::is_resource,
        "a resource such as `limits.cpu` or `requests.memory`";
    /// The name of a header of HTTP.
    HeaderName = "header-name", http::is_token, "a name of letters, digits and `-`";
    /// A method of HTTP.
    HttpMethod = "http-method", http::is_method, "a method such as `GET`, `POST` or `PUT`";
    /// A whole number, as text.
    Integer = "integer", |text| text.parse::<i64>().is_ok(), "a whole number";
}

impl Form {
    /// The form of a name in the table.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.name() == name)
    }

    /// Whether tags of Argo, `{{…}}`, may stand in a text of this form, since they are filled in
    /// before it is read. The CRDs of 4.0 hold the names of steps to their form as they are
    /// written.
    pub(crate) fn takes_tags(self, version: Version) -> bool {
        match self {
            Self::Cron
            | Self::CronFields
            | Self::Timezone
            | Self::TimeOfDay
            | Self::TemplateName
            | Self::ParamName => false,
            Self::StepName | Self::MetricName => version < FULL_CRDS,
            _ => true,
        }
    }

    /// Whether the program that reads a field of this form takes a text, which has no tags.
    pub(crate) fn takes_in(self, text: &str, version: Version) -> bool {
        let is_described = self != Self::Cron || version < FULL_CRDS || cron::is_in_crd(text);
        self.takes(text) && is_described
    }

    /// Why a text does not have the form, where there is more to say than what would.
    pub(crate) fn reason(self, text: &str) -> Option<String> {
        match self {
            Self::Cron => cron::read(text).err().map(|flaw| flaw.why),
            Self::CronFields => cron::read_fields(text).err().map(|flaw| flaw.why),
            _ => None,
        }
    }

    /// A text of the form that was probably meant by one that does not have it.
    pub(crate) fn nearest(self, text: &str) -> Option<String> {
        match self {
            Self::Duration | Self::DurationOrSeconds => duration::nearest(text),
            Self::HttpMethod => http::nearest_method(text).map(str::to_owned),
            Self::Timezone => time::nearest_timezone(text).map(str::to_owned),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
