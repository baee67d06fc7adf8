//! Typed indices: what one table holds, named from elsewhere.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The index of a `T` in its [`Table`]. An id is only good for the table it came from.
pub(crate) struct Id<T> {
    at: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    pub(crate) fn new(at: usize) -> Self {
        Self { at: u32::try_from(at).unwrap_or(u32::MAX), of: PhantomData }
    }

    pub(crate) fn index(self) -> usize {
        self.at as usize
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.at.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.at)
    }
}

/// Items that are referred to by [`Id`], in the order in which they were added. `K` is what ids are
/// of, where that is not the item itself.
pub(crate) struct Table<T, K = T> {
    items: Vec<T>,
    of: PhantomData<fn() -> K>,
}

impl<T, K> Table<T, K> {
    pub(crate) fn push(&mut self, item: T) -> Id<K> {
        self.items.push(item);
        Id::new(self.items.len() - 1)
    }

    pub(crate) fn get(&self, id: Id<K>) -> Option<&T> {
        self.items.get(id.index())
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn ids(&self) -> impl DoubleEndedIterator<Item = Id<K>> + use<T, K> {
        (0..self.items.len()).map(Id::new)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id<K>, &T)> {
        self.items.iter().enumerate().map(|(at, item)| (Id::new(at), item))
    }

    pub(crate) fn values(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The id of the first item that passes a test.
    pub(crate) fn position(&self, test: impl Fn(&T) -> bool) -> Option<Id<K>> {
        self.items.iter().position(test).map(Id::new)
    }

    pub(crate) fn as_slice(&self) -> &[T] {
        &self.items
    }
}

impl<T: Clone, K> Clone for Table<T, K> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), of: PhantomData }
    }
}

impl<T: fmt::Debug, K> fmt::Debug for Table<T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<T, K> Default for Table<T, K> {
    fn default() -> Self {
        Self { items: Vec::new(), of: PhantomData }
    }
}

impl<T, K> Index<Id<K>> for Table<T, K> {
    type Output = T;
    fn index(&self, id: Id<K>) -> &T {
        &self.items[id.index()]
    }
}

impl<T, K> IndexMut<Id<K>> for Table<T, K> {
    fn index_mut(&mut self, id: Id<K>) -> &mut T {
        &mut self.items[id.index()]
    }
}

impl<T, K> FromIterator<T> for Table<T, K> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self { items: items.into_iter().collect(), of: PhantomData }
    }
}
