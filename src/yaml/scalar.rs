pub fn is_null(t: &str) -> bool { matches!(t, "" | "~" | "null" | "Null" | "NULL") }
