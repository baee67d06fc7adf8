//! The value of an expression: minijinja's syntax and operators, walked here, so that what each
//! step takes and gives is counted.

use minijinja::machinery::ast::{BinOpKind, CallArg, CompareOpKind, Expr, UnaryOpKind};
use minijinja::machinery::parse_expr;
use minijinja::value::ValueKind;
use minijinja::{Error, Value};

use super::limits::{self, MAX_RESULT};
use super::scope::Scope;
use super::{filters, syntax};
use crate::diagnostics::Diagnostic;
use crate::rules::ap308_expression as ap308;
use crate::source::Span;

/// Why an expression has no value.
#[derive(Debug)]
pub(super) enum Stop {
    /// It refers to what is known later.
    Later,
    Mistake(Box<Diagnostic>),
    /// The expressions of the document work on more than they may.
    Spent,
}

type Outcome = Result<Value, Stop>;

/// The value of an expression in a scope; `span` is its place.
pub(super) fn evaluate(text: &str, scope: &Scope, span: Span) -> Outcome {
    let mut evaluation = Evaluation { scope, span };
    if let Some(fault) = limits::fault_of(text) {
        return stop(ap308::limit(span, &fault));
    }
    let expr = match parse_expr(text.trim()) {
        Ok(expr) => expr,
        Err(error) => return evaluation.fault(detail(&error, "it does not parse")),
    };
    evaluation.check_names(&expr)?;
    let value = evaluation.value(&expr)?;
    if limits::size(&value, MAX_RESULT) > MAX_RESULT {
        return stop(ap308::limit(span, &format!("it comes to more than {MAX_RESULT} bytes")));
    }
    evaluation.count(&value)?;
    Ok(value)
}

fn detail<'e>(error: &'e Error, otherwise: &'e str) -> &'e str {
    error.detail().unwrap_or(otherwise)
}

struct Evaluation<'a, 's> {
    scope: &'a Scope<'s>,
    span: Span,
}

impl Evaluation<'_, '_> {
    fn fault<T>(&self, reason: &str) -> Result<T, Stop> {
        stop(ap308::syntax(self.span, reason))
    }

    /// Reports a name that is in scope nowhere, evaluated or not.
    fn check_names(&self, expr: &Expr) -> Result<(), Stop> {
        let mut names = Vec::new();
        syntax::names(expr, &mut names);
        let is_known = |name: &&str| self.scope.root(name).is_some() || self.scope.is_later(name);
        match names.into_iter().find(|name| !is_known(name)) {
            Some(name) => {
                let known = self.scope.names();
                stop(ap308::undefined_root(self.span, name, &known, self.scope.place()))
            }
            None => Ok(()),
        }
    }

    /// The value of an expression, which must have one.
    fn value(&mut self, expr: &Expr) -> Outcome {
        let value = self.value_if_any(expr)?;
        if !value.is_undefined() {
            return Ok(value);
        }
        match expr {
            Expr::GetAttr(get) => self.no_key(&get.expr, get.name),
            Expr::GetItem(get) => {
                let key = self.value(&get.subscript_expr)?;
                self.no_key(&get.expr, &key.to_string())
            }
            Expr::IfExpr(_) => {
                self.fault("it has no value where its `if` does not hold: add an `else`")
            }
            _ => self.fault("it has no value"),
        }
    }

    /// The finding for a key that the value of `parent` does not have.
    fn no_key<T>(&mut self, parent: &Expr, key: &str) -> Result<T, Stop> {
        let name = syntax::dotted(parent).unwrap_or_else(|| "the value".to_owned());
        if let Some(why) = self.scope.why_absent(&format!("{name}.{key}")) {
            return stop(ap308::known_later(self.span, &format!("{name}.{key}"), why));
        }
        let parent = self.value(parent)?;
        if parent.kind() != ValueKind::Map {
            return self.fault(&format!("`{name}` has no `{key}`: it is no map"));
        }
        self.count(&parent)?;
        let keys = parent.try_iter().into_iter().flatten().map(|key| key.to_string());
        stop(ap308::undefined_key(self.span, &name, key, &keys.collect::<Vec<_>>()))
    }

    /// The value of an expression, or undefined where nothing is found under a key.
    fn value_if_any(&mut self, expr: &Expr) -> Outcome {
        match expr {
            Expr::Var(name) => self.scope.root(name.id).ok_or(Stop::Later),
            Expr::Const(constant) => Ok(constant.value.clone()),
            Expr::GetAttr(get) => Ok(self.value(&get.expr)?.get_attr(get.name).unwrap_or_default()),
            Expr::GetItem(get) => {
                let (value, key) = (self.value(&get.expr)?, self.value(&get.subscript_expr)?);
                Ok(value.get_item(&key).unwrap_or_default())
            }
            Expr::IfExpr(choice) => {
                let holds = self.value(&choice.test_expr)?.is_true();
                match (&choice.true_expr, &choice.false_expr) {
                    (expr, _) if holds => self.value(expr),
                    (_, Some(expr)) => self.value(expr),
                    (_, None) => Ok(Value::UNDEFINED),
                }
            }
            Expr::Filter(_) | Expr::Test(_) => self.applied(expr),
            Expr::List(_) | Expr::Tuple(_) | Expr::Map(_) => self.collection(expr),
            Expr::Call(_) => self.fault("there are no functions, only filters: `value|upper`"),
            _ => self.operation(expr),
        }
    }

    fn operation(&mut self, expr: &Expr) -> Outcome {
        match expr {
            Expr::UnaryOp(op) => {
                let operand = self.value(&op.expr)?;
                match op.op {
                    UnaryOpKind::Not => Ok(Value::from(!operand.is_true())),
                    UnaryOpKind::Neg => self.operate("-a", &[&operand]),
                }
            }
            Expr::BinOp(op) => self.binary(op.op, &op.left, &op.right),
            Expr::Compare(chain) => {
                let mut left = self.value(&chain.expr)?;
                for next in &chain.ops {
                    let right = self.value(&next.expr)?;
                    if !self.operate(comparison(next.op), &[&left, &right])?.is_true() {
                        return Ok(Value::from(false));
                    }
                    left = right;
                }
                Ok(Value::from(true))
            }
            Expr::Slice(slice) => {
                let mut operands = vec![self.value(&slice.expr)?];
                for bound in [&slice.start, &slice.stop, &slice.step] {
                    let bound = bound.as_ref().map(|bound| self.value(bound)).transpose()?;
                    operands.push(bound.unwrap_or_else(|| Value::from(())));
                }
                self.operate("a[b:c:d]", &operands.iter().collect::<Vec<_>>())
            }
            _ => self.fault("it has no value"),
        }
    }

    fn binary(&mut self, kind: BinOpKind, left: &Expr, right: &Expr) -> Outcome {
        let first = self.value(left);
        match (kind, &first) {
            (BinOpKind::ScAnd, Ok(value)) if !value.is_true() => return first,
            (BinOpKind::ScOr, Ok(value)) if value.is_true() => return first,
            (BinOpKind::ScAnd | BinOpKind::ScOr, Ok(_)) => return self.value(right),
            (BinOpKind::ScAnd | BinOpKind::ScOr, Err(_))
            | (_, Err(Stop::Mistake(_) | Stop::Spent)) => {
                return first;
            }
            _ => {}
        }
        let second = self.value(right)?;
        let first = first?;
        let is_number = |value: &Value| matches!(value.kind(), ValueKind::Number | ValueKind::Bool);
        if matches!(kind, BinOpKind::Mul) && !(is_number(&first) && is_number(&second)) {
            return self.fault("`*` is for numbers");
        }
        self.operate(operation(kind), &[&first, &second])
    }

    /// Does what an operator does, within the bounds.
    fn operate(&mut self, operation: &str, operands: &[&Value]) -> Outcome {
        operands.iter().try_for_each(|operand| self.count(operand))?;
        let value = filters::operate(operation, operands)
            .or_else(|error| self.fault(detail(&error, "it has no value")))?;
        self.count(&value)?;
        Ok(value)
    }

    /// Counts a value that an operator or filter takes or gives.
    fn count(&self, value: &Value) -> Result<(), Stop> {
        if self.scope.budget().spend_on(value) { Ok(()) } else { Err(Stop::Spent) }
    }

    fn collection(&mut self, expr: &Expr) -> Outcome {
        let mut values = |items: &[Expr]| {
            let values: Vec<Outcome> = items.iter().map(|item| self.value(item)).collect();
            mistakes_first(values)
        };
        let value = match expr {
            Expr::List(list) => Value::from(values(&list.items)?),
            Expr::Tuple(tuple) => Value::from(values(&tuple.items)?),
            Expr::Map(map) => {
                Value::from_pairs(values(&map.keys)?.into_iter().zip(values(&map.values)?))
            }
            _ => Value::UNDEFINED,
        };
        self.count(&value)?;
        Ok(value)
    }

    /// A filter or a test, applied to its value and arguments.
    fn applied(&mut self, expr: &Expr) -> Outcome {
        let (what, name, operand, given, known) = match expr {
            Expr::Filter(filter) => {
                ("filter", filter.name, filter.expr.as_ref(), &filter.args, filters::filters())
            }
            Expr::Test(test) => ("test", test.name, Some(&test.expr), &test.args, filters::tests()),
            _ => return self.fault("it has no value"),
        };
        if !known.contains(&name) {
            return stop(ap308::unknown_name(self.span, what, name, known));
        }
        let Some(operand) = operand else { return self.fault("a filter needs a value") };
        let operand = if filters::takes_undefined(name) {
            self.value_if_any(operand)
        } else {
            self.value(operand)
        };
        let arguments = self.arguments(operand, given)?;
        arguments.iter().try_for_each(|argument| self.count(argument))?;
        if !self.scope.budget().spend(filters::growth(name, &arguments)) {
            return Err(Stop::Spent);
        }
        let value = match what {
            "filter" => filters::filter(name, &arguments),
            _ => filters::test(name, &arguments).map(Value::from),
        };
        let value = value.or_else(|error| self.fault(detail(&error, "it has no value")))?;
        self.count(&value)?;
        Ok(value)
    }

    fn arguments(&mut self, operand: Outcome, given: &[CallArg]) -> Result<Vec<Value>, Stop> {
        let (mut positional, mut named) = (vec![operand], Vec::new());
        for argument in given {
            match argument {
                CallArg::Pos(expr) => positional.push(self.value(expr)),
                CallArg::Kwarg(name, expr) => named.push((*name, self.value(expr)?)),
                CallArg::PosSplat(_) | CallArg::KwargSplat(_) => {
                    return self.fault("arguments cannot be spread with `*`");
                }
            }
        }
        Ok(filters::arguments(mistakes_first(positional)?, named))
    }
}

/// Values, or the first mistake among them; what is known later counts where there is no mistake.
fn mistakes_first(outcomes: Vec<Outcome>) -> Result<Vec<Value>, Stop> {
    let mut values = Vec::with_capacity(outcomes.len());
    let mut is_later = false;
    for outcome in outcomes {
        match outcome {
            Ok(value) => values.push(value),
            Err(Stop::Later) => is_later = true,
            Err(mistake) => return Err(mistake),
        }
    }
    if is_later { Err(Stop::Later) } else { Ok(values) }
}

fn stop<T>(finding: Diagnostic) -> Result<T, Stop> {
    Err(Stop::Mistake(Box::new(finding)))
}

fn comparison(kind: CompareOpKind) -> &'static str {
    match kind {
        CompareOpKind::Eq => "a == b",
        CompareOpKind::Ne => "a != b",
        CompareOpKind::Lt => "a < b",
        CompareOpKind::Lte => "a <= b",
        CompareOpKind::Gt => "a > b",
        CompareOpKind::Gte => "a >= b",
        CompareOpKind::In => "a in b",
        CompareOpKind::NotIn => "a not in b",
    }
}

fn operation(kind: BinOpKind) -> &'static str {
    match kind {
        BinOpKind::Eq => "a == b",
        BinOpKind::Ne => "a != b",
        BinOpKind::Lt => "a < b",
        BinOpKind::Lte => "a <= b",
        BinOpKind::Gt => "a > b",
        BinOpKind::Gte => "a >= b",
        BinOpKind::ScAnd => "a and b",
        BinOpKind::ScOr => "a or b",
        BinOpKind::Add => "a + b",
        BinOpKind::Sub => "a - b",
        BinOpKind::Mul => "a * b",
        BinOpKind::Div => "a / b",
        BinOpKind::FloorDiv => "a // b",
        BinOpKind::Rem => "a % b",
        BinOpKind::Pow => "a ** b",
        BinOpKind::Concat => "a ~ b",
        BinOpKind::In => "a in b",
    }
}
