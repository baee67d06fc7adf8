#[derive(PartialEq,Debug)]
pub enum Resolved { Null, Bool(bool), Int(i64), Float(f64), Str }
pub fn is_null(t: &str) -> bool { matches!(t, "" | "~" | "null" | "Null" | "NULL") }
pub fn resolve(t:&str)->Resolved{ if is_null(t){Resolved::Null} else if t=="true"||t=="yes"{Resolved::Bool(true)} else if t=="false"||t=="no"{Resolved::Bool(false)} else if let Ok(i)=t.parse(){Resolved::Int(i)} else if let Ok(f)=t.parse(){Resolved::Float(f)} else {Resolved::Str} }
pub fn number_text(t:&str)->Option<String>{Some(t.to_owned())}
