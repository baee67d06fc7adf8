use argopacks::{diagnostics::{Sink,format::{Format,Report}},source,yaml};
fn main() {
    let mut sink=Sink::default();
    let paths: Vec<_> = std::env::args().skip(1).map(Into::into).collect();
    let loaded=source::load(&paths,&mut sink);
    for id in loaded.sources.ids(){ let d=yaml::parse(id,loaded.sources.file(id),&mut sink); if std::env::var("V").is_ok() {println!("{d:#?}");} }
    let f=sink.finish();
    print!("{}",Format::Full.print(&Report{sources:&loaded.sources,findings:&f,unread:&loaded.unread,colour:false}));
}
