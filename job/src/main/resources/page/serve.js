(() => {
  'use strict';
  const form = document.querySelector('form');
  const file = document.querySelector('input[type=file]');
  document.querySelector('#drop').hidden = false;
  const mark = (on) => (event) => {
    event.preventDefault();
    document.body.classList.toggle('dragging', on);
  };
  document.addEventListener('dragover', mark(true));
  document.addEventListener('dragleave', mark(false));
  document.addEventListener('drop', (event) => {
    mark(false)(event);
    if (event.dataTransfer.files.length > 0) {
      file.files = event.dataTransfer.files;
      form.submit();
    }
  });
})();
