// Sets the theme before the first paint, so that a dark page never flashes light. demo/theme.ts takes over from here.
{
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('morning-roasters.v1')).theme;
  } catch {
    // Nothing stored, or nothing that can be read: the system decides.
  }
  if (theme !== 'light' && theme !== 'dark')
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
}
