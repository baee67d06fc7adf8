//! What can be wrong: one file a rule, with its level, its page and its words. A
//! stage that sees the mistake reports what the rule's file builds; what takes the whole program to
//! see is looked for in `check`.

/// Lists the rules: each file once, each with a `RULE`.
macro_rules! rules {
    ($($file:ident),* $(,)?) => {
        $(pub(crate) mod $file;)*
        /// Every rule, by code.
        pub static RULES: &[&crate::diagnostics::Rule] = &[$(&$file::RULE),*];
    };
}

/// A rule, its page taken from `docs/rules`.
macro_rules! rule {
    ($code:literal, $name:literal, $level:ident, $summary:literal) => {
        /// What is known of the rule.
        pub(crate) static RULE: $crate::diagnostics::Rule = $crate::diagnostics::Rule {
            code: $code,
            name: $name,
            level: $crate::diagnostics::Level::$level,
            summary: $summary,
            page: include_str!(concat!("../../docs/rules/", $code, ".md")),
        };
    };
}

rules! {
    ap001_syntax,
    ap002_tab,
    ap003_stray_characters,
    ap004_indentation,
    ap005_unquoted_braces,
    ap006_duplicate_key,
    ap007_limit,
    ap008_encoding,
    ap009_key_type,
    ap010_tag,
    ap011_definition_in_list,
    ap101_unknown_kind,
    ap102_api_version,
    ap103_unknown_field,
    ap104_missing_field,
    ap105_wrong_type,
    ap106_not_one_of,
    ap107_not_compiled,
    ap108_invalid_value,
    ap109_one_of_fields,
    ap201_undefined_reference,
    ap202_ambiguous_reference,
    ap203_names_meet,
    ap204_cycle,
    ap205_entrypoint,
    ap206_depends,
    ap301_unknown_argument,
    ap302_unknown_pipeline_param,
    ap303_missing_argument,
    ap304_ambiguous_output,
    ap305_param_value,
    ap306_unused_param,
    ap307_undeclared_param,
    ap308_expression,
    ap309_variable,
    ap310_name,
    ap311_duplicate_name,
    ap312_image_tag,
    ap313_builds_alike,
    ap314_missing_output,
    ap315_loop_output,
    ap316_missing_artifact,
    ap401_unknown_argo_field,
    ap402_argo_type,
    ap403_template_type,
    ap404_argo_version,
    ap405_argo_enum,
    ap406_argo_missing_field,
    ap407_unresolved_tag,
    ap408_misplaced_field,
    ap409_escaped_item,
    ap412_schedule,
    ap413_duration,
    ap414_when,
    ap501_builds_meet,
    ap502_other_repository,
    ap503_payload_path,
    ap504_object_size,
    ap601_webhook_secret,
    ap701_own_pack,
    ap702_deprecated,
    ap703_unused_image,
    ap711_never_comes,
    ap712_crons_meet,
}

/// The rule of a code such as `AP201`, in any case.
pub fn rule_of(code: &str) -> Option<&'static crate::diagnostics::Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code))
}
