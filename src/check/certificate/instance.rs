//! Is a certificate about the instance that it names? Comes in: a certificate and the text of a `.vbp`
//! file. Goes out: the first difference, if any. Refuses nothing. Invariant: without a difference the
//! certificate's bins and items are those of the file, in its order.

use crate::plan::Certificate;

/// Whether bins and items of the certificate are those of the `.vbp` text.
///
/// # Errors
/// The first difference, in words.
pub fn is_about(certificate: &Certificate, text: &str) -> Result<(), String> {
    let mut numbers = vec![certificate.capacity.len() as u64];
    numbers.extend(&certificate.capacity);
    numbers.push(certificate.items.len() as u64);
    for item in &certificate.items {
        numbers.extend(&item.sizes);
        numbers.push(item.demand.into());
    }
    let mut words = text.split_whitespace();
    for (position, number) in numbers.iter().enumerate() {
        let word = words.next().unwrap_or("nothing");
        if word.parse() != Ok(*number) {
            let word: String = word.chars().take(40).collect();
            return Err(format!(
                "number {} of the file is {word}, the certificate has {number}",
                position + 1
            ));
        }
    }
    words.next().map_or(Ok(()), |_| {
        Err(format!("the file goes on after {} numbers", numbers.len()))
    })
}
