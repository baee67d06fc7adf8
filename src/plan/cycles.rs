//! Cycles in a directed graph, in time that is linear but for what the cycles themselves take.

use std::collections::VecDeque;

/// Cycles that have no node in common, each from its first node, as short as can be: the one of the
/// first node that is on any, then the next without the nodes of that.
pub(crate) fn cycles(mut edges: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut left = without_ends(&edges);
    while let Some(next) = (start..edges.len()).find(|node| left[*node]) {
        start = next + 1;
        if let Some(cycle) = way_back(next, &edges, &left) {
            for node in &cycle {
                edges[*node].clear();
            }
            found.push(cycle);
            left = without_ends(&edges);
        }
    }
    found
}

/// The nodes that are left when those without edges to others that are left are taken away, over
/// and over: none if there is no cycle.
fn without_ends(edges: &[Vec<usize>]) -> Vec<bool> {
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        targets.iter().for_each(|to| into[*to].push(from));
    }
    let mut count: Vec<usize> = edges.iter().map(Vec::len).collect();
    let mut left = vec![true; edges.len()];
    let mut ends: Vec<usize> = (0..edges.len()).filter(|node| count[*node] == 0).collect();
    while let Some(end) = ends.pop() {
        left[end] = false;
        for from in &into[end] {
            count[*from] -= 1;
            if count[*from] == 0 {
                ends.push(*from);
            }
        }
    }
    left
}

/// The shortest way from a node back to itself, among the nodes that are left.
fn way_back(start: usize, edges: &[Vec<usize>], left: &[bool]) -> Option<Vec<usize>> {
    let mut before: Vec<Option<usize>> = vec![None; edges.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for &next in edges[node].iter().filter(|next| left[**next]) {
            if next == start {
                return Some(path_to(node, start, &before));
            }
            if before[next].is_none() {
                before[next] = Some(node);
                queue.push_back(next);
            }
        }
    }
    None
}

fn path_to(end: usize, start: usize, before: &[Option<usize>]) -> Vec<usize> {
    let mut path = vec![end];
    let mut node = end;
    while node != start {
        let Some(previous) = before[node] else { break };
        path.push(previous);
        node = previous;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn each_cycle_once() {
        assert_eq!(
            cycles(vec![vec![1], vec![2], vec![0], vec![3], vec![0]]),
            [vec![0, 1, 2], vec![3]]
        );
        assert!(cycles(vec![vec![1, 2], vec![2], vec![]]).is_empty());
    }

    #[test]
    fn the_shortest_way_is_shown() {
        assert_eq!(cycles(vec![vec![1, 2], vec![2], vec![0]]), [vec![0, 2]]);
    }
}
